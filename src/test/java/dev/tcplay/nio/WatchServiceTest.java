package dev.tcplay.nio;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.fat.FatDriver;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys and services go through their states as the contract says. */
class WatchServiceTest {

  private static final WatchEvent.Kind<?>[] ALL = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};

  /** What is asked of a service, first of the default file system's. */
  private interface Question {
    Object ask(WatchService service, Path directory) throws IOException;
  }

  private final FileSystem volume =
      DrivenVolumes.mount(new FatDriver(), Optional.of("FAT16"), 8 << 20);
  private final Path directory = Files.createDirectory(volume.getPath("/dir"));

  WatchServiceTest() throws IOException {}

  private static List<String> told(WatchKey key) {
    return key.pollEvents().stream()
        .map(event -> event.kind() + " " + event.context() + " " + event.count())
        .toList();
  }

  @Test
  void argumentsAreCheckedAsByTheDefaultFileSystem(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("file"), "text");
    Files.writeString(directory.resolve("file"), "text");
    WatchEvent.Modifier high =
        (WatchEvent.Modifier) Class.forName(NodeWatch.SENSITIVITY).getEnumConstants()[0];
    WatchEvent.Modifier other = () -> "other";
    WatchEvent.Kind<Object> strange =
        new WatchEvent.Kind<>() {
          @Override
          public String name() {
            return "STRANGE";
          }

          @Override
          public Class<Object> type() {
            return Object.class;
          }
        };
    List<Question> questions =
        List.of(
            (service, in) -> in.register(service).isValid(),
            (service, in) -> in.register(service, OVERFLOW).isValid(),
            (service, in) -> in.register(service, OVERFLOW, ENTRY_CREATE).isValid(),
            (service, in) -> in.register(service, strange),
            (service, in) -> in.register(service, ENTRY_CREATE, strange),
            (service, in) -> in.register(service, (WatchEvent.Kind<?>) null),
            (service, in) -> in.register(service, (WatchEvent.Kind<?>[]) null),
            (service, in) -> in.register(null, ENTRY_CREATE),
            (service, in) -> in.register(service, ALL, high).isValid(),
            (service, in) -> in.register(service, ALL, other),
            (service, in) -> in.register(service, ALL, (WatchEvent.Modifier) null),
            (service, in) -> in.resolve("file").register(service, ENTRY_CREATE),
            (service, in) -> in.resolve("missing").register(service, ENTRY_CREATE),
            (service, in) -> service.poll() == null,
            (service, in) -> {
              service.close();
              service.close();
              return in.register(service, ENTRY_CREATE);
            },
            (service, in) -> {
              service.close();
              return service.poll();
            });
    for (int i = 0; i < questions.size(); i++) {
      assertEquals(
          answer(questions.get(i), folder), answer(questions.get(i), directory), "question " + i);
    }
    try (WatchService theirs = FileSystems.getDefault().newWatchService();
        WatchService ours = volume.newWatchService()) {
      Class<?> refusal = failure(() -> folder.register(ours, ENTRY_CREATE));
      assertEquals(refusal, failure(() -> directory.register(theirs, ENTRY_CREATE)));
      FileSystem elsewhere = MemoryVolume.writable(NameRules.EXACT).mount();
      assertEquals(refusal, failure(() -> elsewhere.getPath("/").register(ours, ENTRY_CREATE)));
    }
  }

  private static Class<?> failure(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(RuntimeException.class, call).getClass();
  }

  private static Object answer(Question question, Path directory) throws IOException {
    try (WatchService service = directory.getFileSystem().newWatchService()) {
      return question.ask(service, directory);
    } catch (IOException | RuntimeException e) {
      return e.getClass();
    }
  }

  @Test
  void aKeyIsSignalledOnceUntilItIsReset() throws IOException {
    try (WatchService service = volume.newWatchService()) {
      WatchKey key = directory.register(service, ALL);
      Files.createFile(directory.resolve("a"));
      Files.createFile(directory.resolve("b"));
      assertSame(key, service.poll());
      assertNull(service.poll());
      assertEquals(List.of("ENTRY_CREATE a 1", "ENTRY_CREATE b 1"), told(key));
      Files.delete(directory.resolve("a"));
      assertNull(service.poll());
      assertTrue(key.reset());
      assertSame(key, service.poll(), "an event came before the key was reset");
      assertEquals(List.of("ENTRY_DELETE a 1"), told(key));
      assertTrue(key.reset());
      assertTrue(key.reset());
      assertNull(service.poll());
    }
  }

  @Test
  void registeringAgainGivesTheSameKeyWithOtherEvents() throws IOException {
    try (WatchService service = volume.newWatchService()) {
      WatchKey key = directory.register(service, ENTRY_CREATE);
      assertSame(key, directory.resolve("../DIR").register(service, ENTRY_DELETE));
      Files.createFile(directory.resolve("a"));
      Files.delete(directory.resolve("a"));
      assertEquals(List.of("ENTRY_DELETE a 1"), told(key));
      key.cancel();
      key.cancel();
      assertFalse(key.isValid());
      assertFalse(key.reset());
      Files.createFile(directory.resolve("b"));
      assertEquals(List.of(), told(key));
      assertNotSame(key, directory.register(service, ENTRY_CREATE));
    }
  }

  @Test
  void writesAreCountedInOneEvent() throws IOException {
    Path file = Files.createFile(directory.resolve("a"));
    try (WatchService service = volume.newWatchService();
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      WatchKey key = directory.register(service, ALL);
      for (int i = 0; i < 1000; i++) {
        channel.write(ByteBuffer.allocate(10));
        if (i == 500) {
          Files.createFile(directory.resolve("b"));
        }
      }
      assertEquals(List.of("ENTRY_MODIFY a 1000", "ENTRY_CREATE b 1"), told(key));
    }
  }

  @Test
  void whoFetchesNothingLosesEventsAndIsToldSo() throws IOException {
    try (WatchService service = volume.newWatchService()) {
      WatchKey key = directory.register(service, ALL);
      for (int i = 0; i < PendingEvents.MOST; i++) {
        Files.createFile(directory.resolve("f" + i));
      }
      assertEquals(PendingEvents.MOST, key.pollEvents().size());
      for (int i = 0; i < PendingEvents.MOST + 1; i++) {
        Files.delete(directory.resolve("f" + i % PendingEvents.MOST));
        Files.createFile(directory.resolve("f" + i % PendingEvents.MOST));
      }
      List<WatchEvent<?>> events = key.pollEvents();
      assertEquals(1, events.size());
      assertEquals(OVERFLOW, events.get(0).kind());
      assertNull(events.get(0).context());
      assertEquals(PendingEvents.MOST + 2, events.get(0).count());
      Files.delete(directory.resolve("f0"));
      assertEquals(List.of("ENTRY_DELETE f0 1"), told(key));
    }
  }

  @Test
  void closingEndsThoseWhoWaitAndTheKeys() throws Exception {
    WatchService service = volume.newWatchService();
    WatchKey key = directory.register(service, ALL);
    List<CompletableFuture<Object>> waiting = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      boolean forever = i < 2;
      CompletableFuture<Object> result = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  result.complete(forever ? service.take() : service.poll(10, TimeUnit.MINUTES));
                } catch (Throwable e) {
                  result.completeExceptionally(e);
                }
              });
      thread.start();
      while (thread.getState() != Thread.State.WAITING
          && thread.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      waiting.add(result);
    }
    volume.close();
    for (CompletableFuture<Object> result : waiting) {
      ExecutionException ended = assertThrows(ExecutionException.class, result::get);
      assertEquals(ClosedWatchServiceException.class, ended.getCause().getClass());
    }
    assertFalse(key.isValid());
    assertThrows(ClosedWatchServiceException.class, service::take);
  }

  @Test
  void aDriverThatCannotTellWhereSomethingIsMakesAnOverflow() throws IOException {
    FileSystem memory = MemoryVolume.writable(NameRules.EXACT).mount();
    try (WatchService service = memory.newWatchService()) {
      WatchKey key = memory.getPath("/").register(service, ENTRY_DELETE);
      Files.createFile(memory.getPath("/a"));
      assertEquals(List.of("OVERFLOW null 1"), told(key));
    }
  }

  @Test
  void aKeyEndsWhenAnotherProgramHasChangedTheContainer() throws Exception {
    AtomicBoolean lost = new AtomicBoolean();
    FileSystem reading =
        DrivenVolumes.of(
            new MemoryVolume(NameRules.EXACT, MemoryItem.directory("")),
            writing -> {
              if (lost.get()) {
                throw new IOException("lost");
              }
            });
    try (WatchService service = reading.newWatchService()) {
      WatchKey key = reading.getPath("/").register(service, ENTRY_DELETE);
      lost.set(true);
      assertSame(key, service.take());
      assertFalse(key.isValid());
      assertEquals(List.of("OVERFLOW null 1"), told(key));
    }
  }

  @Test
  void eventsComeInTheOrderOfTheChanges() throws Exception {
    try (WatchService service = volume.newWatchService()) {
      WatchKey key = directory.register(service, ENTRY_CREATE, ENTRY_DELETE);
      List<Thread> threads = new ArrayList<>();
      Path file = directory.resolve("a");
      for (int i = 0; i < 2; i++) {
        Runnable work =
            () -> {
              for (int j = 0; j < 100; j++) {
                try {
                  Files.createFile(file);
                } catch (IOException e) {
                  // The other was quicker.
                }
                try {
                  Files.deleteIfExists(file);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              }
            };
        threads.add(new Thread(work));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      List<String> events = told(key);
      assertFalse(events.isEmpty());
      for (int i = 0; i < events.size(); i++) {
        assertEquals(i % 2 == 0 ? "ENTRY_CREATE a 1" : "ENTRY_DELETE a 1", events.get(i));
      }
    }
  }

  @Test
  void everyMethodOfAVolumeReachesTheDriver() throws Exception {
    for (Method method : MountedVolume.class.getMethods()) {
      if (!Modifier.isStatic(method.getModifiers())) {
        Class<?> owner =
            ForwardingVolume.class
                .getMethod(method.getName(), method.getParameterTypes())
                .getDeclaringClass();
        assertSame(ForwardingVolume.class, owner, method.toString());
      }
    }
  }
}
