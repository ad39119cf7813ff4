package dev.tcplay.block.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.testing.PlainProvider;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDeviceTest {

  private static final int SIZE = 1 << 20;

  @TempDir Path folder;

  private static byte[] pattern(int size) {
    byte[] bytes = new byte[size];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private Path host(byte[] content) throws IOException {
    return Files.write(folder.resolve("host"), content);
  }

  private static void readsAndWrites(Path host) throws IOException {
    byte[] content = pattern(SIZE);
    Files.write(host, content);
    try (BlockDevice device = FileDevice.open(host, HostOpen.writing())) {
      assertEquals(SIZE, device.size());
      assertFalse(device.isReadOnly());
      byte[] read = new byte[700_000];
      device.read(12_345, read, 3, 600_000);
      assertArrayEquals(
          Arrays.copyOfRange(content, 12_345, 612_345), Arrays.copyOfRange(read, 3, 600_003));
      device.write(999, read, 5, 300_000);
      System.arraycopy(read, 5, content, 999, 300_000);
      device.flush();
    }
    assertArrayEquals(content, Files.readAllBytes(host));
  }

  @Test
  void readsAndWritesAtAnyPosition() throws IOException {
    readsAndWrites(folder.resolve("host"));
  }

  @Test
  void readsAndWritesInAnotherProvider() throws IOException {
    try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix())) {
      readsAndWrites(jimfs.getPath("/host"));
    }
  }

  @Test
  void readsAndWritesWhereTheProviderHasNoFileChannel() throws IOException {
    readsAndWrites(new PlainProvider().wrap(folder.resolve("host")));
  }

  @Test
  void refusesWhatDoesNotLieInside() throws IOException {
    try (BlockDevice device = FileDevice.open(host(new byte[1000]), HostOpen.reading())) {
      byte[] buffer = new byte[1000];
      IOException beyond = assertThrows(IOException.class, () -> device.read(1, buffer, 0, 1000));
      assertEquals("1000 bytes at 1 are not inside a device of 1000 bytes", beyond.getMessage());
      assertThrows(IOException.class, () -> device.read(-1, buffer, 0, 1));
      assertThrows(IOException.class, () -> device.read(Long.MAX_VALUE, buffer, 0, 2));
      assertThrows(IndexOutOfBoundsException.class, () -> device.read(0, buffer, 999, 2));
      device.read(1000, buffer, 1000, 0);
    }
  }

  @Test
  void refusesWritesToAReadOnlyDevice() throws IOException {
    Path host = host(new byte[1000]);
    try (BlockDevice device = FileDevice.open(host, HostOpen.reading())) {
      assertTrue(device.isReadOnly());
      assertThrows(NonWritableChannelException.class, () -> device.write(0, new byte[1], 0, 1));
      assertThrows(NonWritableChannelException.class, () -> device.discard(0, 1000));
      device.flush();
    }
  }

  @Test
  void refusesADirectoryAndAMissingFile() {
    FileSystemException directory =
        assertThrows(FileSystemException.class, () -> FileDevice.open(folder, HostOpen.reading()));
    assertEquals("is a directory", directory.getReason());
    Path missing = folder.resolve("missing");
    assertThrows(NoSuchFileException.class, () -> FileDevice.open(missing, HostOpen.reading()));
  }

  @Test
  void saysWhereAShrunkenHostEnds() throws IOException {
    Path host = host(pattern(10_000));
    BlockDevice device = FileDevice.open(host, HostOpen.writing());
    try (FileChannel other = FileChannel.open(host, StandardOpenOption.WRITE)) {
      other.truncate(6_000);
      IOException shrunk =
          assertThrows(IOException.class, () -> device.read(5_000, new byte[2_000], 0, 2_000));
      assertTrue(shrunk.getMessage().contains("ends at offset 6000"), shrunk.getMessage());
      IOException refused =
          assertThrows(IOException.class, () -> device.write(9_000, new byte[10], 0, 10));
      assertTrue(refused.getMessage().contains("offset 9000"), refused.getMessage());
      assertEquals(6_000, Files.size(host));
      device.read(0, new byte[6_000], 0, 6_000);
      assertThrows(IOException.class, device::close);
    }
  }

  @Test
  void aHostThatShrinksBetweenWritesIsFoundOutBeforeTheyAreForced() throws IOException {
    Path host = host(pattern(10_000));
    BlockDevice device = FileDevice.open(host, HostOpen.writing());
    try (FileChannel other = FileChannel.open(host, StandardOpenOption.WRITE)) {
      device.write(0, new byte[10], 0, 10);
      other.truncate(6_000);
      // The last byte would make the host as long as it was.
      assertThrows(IOException.class, () -> device.write(9_990, new byte[10], 0, 10));
      assertEquals(6_000, Files.size(host));
      device.write(100, new byte[10], 0, 10);
      FileSystemException forced = assertThrows(FileSystemException.class, device::flush);
      assertEquals("has shrunk from 10000 to 6000 bytes", forced.getReason());
      assertThrows(IOException.class, () -> device.write(100, new byte[10], 0, 10));
      assertThrows(IOException.class, device::close);
    }
  }

  @Test
  void whatAProviderThrowsUncheckedIsAnIOException() throws IOException {
    PlainProvider provider = new PlainProvider();
    BlockDevice device = FileDevice.open(provider.wrap(host(pattern(10_000))), HostOpen.writing());
    provider.breakDown();
    IOException read = assertThrows(IOException.class, () -> device.read(0, new byte[10], 0, 10));
    assertTrue(read.getMessage().contains("broken down"), read.getMessage());
    IOException written =
        assertThrows(IOException.class, () -> device.write(70, new byte[10], 0, 10));
    assertTrue(written.getMessage().contains("10 bytes at offset 70"), written.getMessage());
    device.close();
  }

  @Test
  void isClosedForGood() throws IOException {
    BlockDevice device = FileDevice.open(host(new byte[1000]), HostOpen.writing());
    device.close();
    device.close();
    assertThrows(ClosedChannelException.class, () -> device.read(0, new byte[1], 0, 1));
    assertThrows(ClosedChannelException.class, () -> device.write(0, new byte[1], 0, 1));
    assertThrows(ClosedChannelException.class, device::flush);
    assertThrows(ClosedChannelException.class, () -> device.discard(0, 1));
  }

  @Test
  void closesThoughTheThreadIsInterrupted() throws IOException {
    BlockDevice device = FileDevice.open(host(new byte[1000]), HostOpen.writing());
    device.write(0, new byte[] {1}, 0, 1);
    Thread.currentThread().interrupt();
    device.close();
    assertTrue(Thread.interrupted());
  }

  @Test
  void anInterruptThatComesAfterItWasClearedDoesNoHarm() throws IOException {
    PlainProvider provider = new PlainProvider();
    try (BlockDevice device =
        FileDevice.open(provider.wrap(host(pattern(1000))), HostOpen.reading())) {
      byte[] read = new byte[1000];
      // The read, and the first look at the channels opened instead.
      provider.lateInterrupts(3);
      device.read(0, read, 0, read.length);
      assertArrayEquals(pattern(1000), read);
      assertFalse(Thread.interrupted());
    }
  }

  @Test
  void failsWithoutUncheckedExceptionsOnceTheHostsFileSystemIsClosed() throws IOException {
    FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix());
    Path host = Files.write(jimfs.getPath("/host"), new byte[1000]);
    try (BlockDevice device = FileDevice.open(host, HostOpen.reading())) {
      jimfs.close();
      assertThrows(IOException.class, () -> device.read(0, new byte[1], 0, 1));
    }
  }

  @Test
  void refusesToGoOnWithAnotherFileOfTheName() throws Exception {
    Path host = host(pattern(SIZE));
    try (BlockDevice device = FileDevice.open(host, HostOpen.reading())) {
      Files.delete(host);
      Files.write(host, pattern(SIZE / 2));
      AtomicReference<IOException> refused = new AtomicReference<>();
      Thread reader =
          new Thread(
              () -> {
                byte[] read = new byte[SIZE];
                while (refused.get() == null) {
                  try {
                    // What is open is the old file still, until an interrupt closes it.
                    device.read(0, read, 0, SIZE);
                  } catch (IOException e) {
                    refused.set(e);
                  }
                }
              });
      reader.start();
      while (reader.isAlive()) {
        reader.interrupt();
        Thread.onSpinWait();
      }
      String message = refused.get().getMessage();
      assertTrue(message.contains("is no longer the file once opened"), message);
    }
  }

  @Test
  void interruptsHarmNobody() throws Exception {
    survivesInterrupts(host(pattern(SIZE)));
  }

  @Test
  void interruptsHarmNobodyWithoutFileChannel() throws Exception {
    survivesInterrupts(new PlainProvider().wrap(host(pattern(SIZE))));
  }

  /** Eight readers, of which some are interrupted again and again. */
  private void survivesInterrupts(Path host) throws Exception {
    byte[] content = pattern(SIZE);
    long seed = Seeds.of("survivesInterrupts");
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger interruptedReads = new AtomicInteger();
    ExecutorService pool = Executors.newCachedThreadPool();
    try (BlockDevice device = FileDevice.open(host, HostOpen.reading())) {
      List<Thread> victims = new ArrayList<>();
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Random random = new Random(seed + i);
        boolean victim = i % 2 == 0;
        readers.add(
            pool.submit(
                () -> {
                  if (victim) {
                    synchronized (victims) {
                      victims.add(Thread.currentThread());
                    }
                  }
                  while (!stop.get()) {
                    int position = random.nextInt(SIZE - 5000);
                    byte[] read = new byte[5000];
                    device.read(position, read, 0, read.length);
                    assertArrayEquals(Arrays.copyOfRange(content, position, position + 5000), read);
                    if (Thread.interrupted()) {
                      assertTrue(victim, "a reader that nobody interrupted");
                      interruptedReads.incrementAndGet();
                    }
                  }
                  return null;
                }));
      }
      Random random = new Random(seed);
      long end = System.nanoTime() + 5_000_000_000L;
      while (interruptedReads.get() < 500 && System.nanoTime() < end) {
        synchronized (victims) {
          if (!victims.isEmpty()) {
            victims.get(random.nextInt(victims.size())).interrupt();
          }
        }
        Thread.onSpinWait();
      }
      stop.set(true);
      for (Future<?> reader : readers) {
        reader.get();
      }
      device.read(0, new byte[1], 0, 1);
    } finally {
      pool.shutdownNow();
    }
    assertTrue(interruptedReads.get() > 100, "interrupted reads: " + interruptedReads);
  }

  @Test
  void streamsReadFilesOfAnyKind() throws IOException {
    byte[] content = pattern(100_000);
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      for (Path file : List.of(host(content), Files.write(memory.getPath("/host"), content))) {
        try (InputStream stream = FileDevice.newInputStream(file)) {
          assertEquals(content[0] & 0xFF, stream.read());
          assertArrayEquals(Arrays.copyOfRange(content, 1, content.length), stream.readAllBytes());
          assertEquals(-1, stream.read());
        }
      }
    }
    try (InputStream empty = FileDevice.newInputStream(host(new byte[0]))) {
      assertEquals(-1, empty.read());
    }
    Path grown = Path.of("/proc/self/status");
    if (Files.isReadable(grown)) {
      assertEquals(0, Files.size(grown));
      try (InputStream stream = FileDevice.newInputStream(grown)) {
        assertTrue(stream.readAllBytes().length > 0);
      }
    }
    Path absent = folder.resolve("absent");
    assertThrows(NoSuchFileException.class, () -> FileDevice.newInputStream(absent).close());
  }
}
