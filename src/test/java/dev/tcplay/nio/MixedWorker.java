package dev.tcplay.nio;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One thread's work: in a folder of its own, whose contents it knows, and in what all share. */
final class MixedWorker {

  private static final int NAMES = 6;
  private static final int LARGEST = 20_000;

  /** How many seconds an event may take. */
  private static final int PATIENCE = 60;

  private final Path own;
  private final SharedWork shared;
  private final int number;
  private final Random random;

  /** What the files in the folder hold, by name. */
  private final Map<String, byte[]> model = new TreeMap<>();

  private final Optional<WatchService> watcher;

  private final AtomicLong steps = new AtomicLong();

  /**
   * Makes the work, for a thread that runs later.
   *
   * @param own a folder that is not there yet
   * @param number of the thread
   */
  MixedWorker(Path own, SharedWork shared, int number, Random random) throws IOException {
    this.own = Files.createDirectory(own);
    this.shared = shared;
    this.number = number;
    this.random = random;
    this.watcher = number % 4 == 0 ? Optional.of(watch(own)) : Optional.empty();
  }

  private static WatchService watch(Path folder) throws IOException {
    WatchService watcher = folder.getFileSystem().newWatchService();
    folder.register(watcher, ENTRY_CREATE, ENTRY_DELETE);
    return watcher;
  }

  long steps() {
    return steps.get();
  }

  /** Works until a time of the system's clock, and at least once. */
  Void work(long end) throws Exception {
    do {
      if (random.nextInt(4) == 0) {
        shared.step(number, random);
      } else {
        step("file name " + random.nextInt(NAMES), "file name " + random.nextInt(NAMES));
      }
      steps.incrementAndGet();
    } while (System.nanoTime() < end);
    return null;
  }

  private void step(String name, String other) throws Exception {
    Path path = own.resolve(name);
    byte[] held = model.get(name);
    if (held == null) {
      assertThrows(NoSuchFileException.class, () -> Files.readAllBytes(path));
      write(path, name);
      expect(ENTRY_CREATE, name);
      return;
    }
    switch (random.nextInt(9)) {
      case 0 -> write(path, name);
      case 1, 2 -> assertArrayEquals(held, Files.readAllBytes(path), path::toString);
      case 3 -> {
        Files.delete(path);
        model.remove(name);
        expect(ENTRY_DELETE, name);
      }
      case 4 -> {
        Files.move(path, own.resolve(other), StandardCopyOption.REPLACE_EXISTING);
        model.remove(name);
        model.put(other, held);
      }
      case 5 -> {
        Files.copy(path, own.resolve(other), StandardCopyOption.REPLACE_EXISTING);
        model.put(other, held);
      }
      case 6 -> change(path, name, held);
      case 7 -> readAsynchronously(path, held);
      default -> list(own, model);
    }
  }

  /** Checks that the watcher, if there is one, tells of a change, or has more than it can tell. */
  private void expect(WatchEvent.Kind<?> kind, String name) throws InterruptedException {
    boolean told = watcher.isEmpty();
    while (!told) {
      WatchKey key = watcher.orElseThrow().poll(PATIENCE, TimeUnit.SECONDS);
      assertNotNull(key, () -> kind + " " + name);
      for (WatchEvent<?> event : key.pollEvents()) {
        told |=
            event.kind() == OVERFLOW
                || (event.kind() == kind && event.context().toString().equals(name));
      }
      assertTrue(key.reset());
    }
  }

  private void write(Path path, String name) throws IOException {
    byte[] bytes = new byte[random.nextInt(LARGEST)];
    random.nextBytes(bytes);
    Files.write(path, bytes);
    model.put(name, bytes);
  }

  /** Writes somewhere in the file, perhaps behind its end, and cuts it off, perhaps to force it. */
  private void change(Path path, String name, byte[] held) throws IOException {
    int at = random.nextInt(LARGEST);
    byte[] piece = new byte[random.nextInt(2000) + 1];
    random.nextBytes(piece);
    int size = random.nextInt(LARGEST);
    byte[] now = Arrays.copyOf(held, Math.max(held.length, at + piece.length));
    System.arraycopy(piece, 0, now, at, piece.length);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.lock(at, piece.length, false).release();
      channel.write(ByteBuffer.wrap(piece), at);
      channel.truncate(size);
      if (random.nextInt(8) == 0) {
        channel.force(true);
      }
    }
    model.put(name, Arrays.copyOf(now, Math.min(size, now.length)));
  }

  private static void readAsynchronously(Path path, byte[] held) throws Exception {
    ByteBuffer buffer = ByteBuffer.allocate(held.length + 1);
    try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(path)) {
      int read = channel.read(buffer, 0).get();
      assertEquals(held.length == 0 ? -1 : held.length, read);
    }
    assertArrayEquals(held, Arrays.copyOf(buffer.array(), held.length));
  }

  private static void list(Path folder, Map<String, byte[]> model) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      assertEquals(
          model.keySet(),
          entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toSet()));
    }
  }

  /** Checks that a file system holds what was written. */
  void check(FileSystem volume) throws IOException {
    Path there = volume.getPath(own.toString());
    list(there, model);
    for (Map.Entry<String, byte[]> file : model.entrySet()) {
      Path path = there.resolve(file.getKey());
      assertArrayEquals(file.getValue(), Files.readAllBytes(path), path::toString);
    }
  }
}
