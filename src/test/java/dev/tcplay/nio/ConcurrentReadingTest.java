package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads that read the same volume and volumes stacked in each other, some interrupted. */
class ConcurrentReadingTest {

  private static final int THREADS = 8;
  private static final int ROUNDS = 150;

  @TempDir static Path folder;

  private static final Map<String, byte[]> FILES = new HashMap<>();
  private static FileSystem outer;
  private static FileSystem inner;

  @BeforeAll
  static void mount() throws Exception {
    Path tree = FatImages.makeTree(folder.resolve("files"), 11);
    for (String name : Trees.hashes(tree).keySet()) {
      FILES.put(name, Files.readAllBytes(tree.resolve(name)));
    }
    Path image = FatImages.make(folder.resolve("inner.img"), 600, tree);
    FatImages.encrypt(tree.resolve("inner.tc"), image);
    Path container =
        FatImages.encrypt(
            folder.resolve("outer.tc"), FatImages.make(folder.resolve("outer.img"), 2000, tree));
    // The smallest caches, so that most reads go down to the host.
    Map<String, ?> env =
        Map.of("password", FatImages.PASSWORD, "pim", 1, "hash", "sha512", "cacheSize", 0);
    outer = FileSystems.newFileSystem(container, env);
    inner = FileSystems.newFileSystem(outer.getPath("inner.tc"), env);
  }

  @AfterAll
  static void close() throws IOException {
    if (inner != null) {
      inner.close();
      outer.close();
    }
  }

  private static void inThreads(Function work) throws Exception {
    long seed = Seeds.of("ConcurrentReadingTest");
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Void>> results = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        Random random = new Random(seed + i);
        Callable<Void> task =
            () -> {
              work.run(number, random);
              return null;
            };
        results.add(threads.submit(task));
      }
      for (Future<Void> result : results) {
        result.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private interface Function {
    void run(int thread, Random random) throws Exception;
  }

  private static String anyName(Random random) {
    return new ArrayList<>(FILES.keySet()).get(random.nextInt(FILES.size()));
  }

  @Test
  void interruptsHarmNobodyElse() throws Exception {
    AtomicInteger interrupted = new AtomicInteger();
    inThreads(
        (thread, random) -> {
          FileSystem volume = thread % 2 == 0 ? inner : outer;
          for (int round = 0; round < ROUNDS; round++) {
            String name = anyName(random);
            if (thread < 4) {
              readInterrupted(volume.getPath(name), FILES.get(name), random, interrupted);
            } else {
              readWindows(volume.getPath(name), FILES.get(name), random);
            }
          }
        });
    assertTrue(interrupted.get() > ROUNDS, "interrupted reads: " + interrupted);
    assertTrue(outer.isOpen() && inner.isOpen());
  }

  private static void readWindows(Path file, byte[] expected, Random random) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      assertEquals(expected.length, channel.size());
      for (int i = 0; i < 4; i++) {
        int start = random.nextInt(expected.length);
        int length = Math.min(1 + random.nextInt(9000), expected.length - start);
        ByteBuffer buffer = ByteBuffer.allocate(length);
        assertEquals(length, channel.read(buffer, start));
        assertArrayEquals(Arrays.copyOfRange(expected, start, start + length), buffer.array());
      }
    }
    assertArrayEquals(expected, Files.readAllBytes(file));
  }

  /** Reads while another thread interrupts at some moment: the right bytes, or the exception. */
  private static void readInterrupted(
      Path file, byte[] expected, Random random, AtomicInteger interrupted) throws Exception {
    Thread reader = Thread.currentThread();
    Thread disturber =
        new Thread(
            () -> {
              for (int i = random.nextInt(2000); i > 0; i--) {
                Thread.onSpinWait();
              }
              reader.interrupt();
            });
    disturber.start();
    try (FileChannel channel = FileChannel.open(file)) {
      while (true) {
        ByteBuffer buffer = ByteBuffer.allocate(expected.length);
        assertEquals(expected.length, channel.read(buffer, 0));
        assertArrayEquals(expected, buffer.array());
      }
    } catch (ClosedByInterruptException e) {
      assertTrue(Thread.interrupted());
      interrupted.incrementAndGet();
    }
    disturber.join(0);
  }

  @Test
  void aPendingInterruptDoesNotDisturbWholeReads() throws Exception {
    inThreads(
        (thread, random) -> {
          FileSystem volume = thread % 2 == 0 ? inner : outer;
          for (int round = 0; round < ROUNDS; round++) {
            String name = anyName(random);
            Path file = volume.getPath(name);
            Thread.currentThread().interrupt();
            assertArrayEquals(FILES.get(name), Files.readAllBytes(file));
            assertTrue(Files.exists(file));
            assertEquals(FILES.get(name).length, Files.size(file));
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(volume.getPath("/"))) {
              assertTrue(entries.iterator().hasNext());
            }
            try (SeekableByteChannel channel = Files.newByteChannel(file)) {
              assertEquals(1, channel.read(ByteBuffer.allocate(1)));
            }
            try (FileChannel channel = FileChannel.open(file)) {
              assertThrows(
                  ClosedByInterruptException.class, () -> channel.read(ByteBuffer.allocate(1)));
              assertFalse(channel.isOpen());
            }
            assertTrue(Thread.interrupted());
          }
        });
  }

  @Test
  void closingDuringReadsEndsThemCleanly() throws Exception {
    Path image = folder.resolve("inner.img");
    for (int round = 0; round < 20; round++) {
      FileSystem volume =
          FileSystems.newFileSystem(image, Map.of("format", "plain", "cacheSize", 0));
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        List<Future<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          boolean positional = i % 2 == 0;
          readers.add(threads.submit(() -> readUntilClosed(volume, positional)));
        }
        volume.close();
        for (Future<Integer> reader : readers) {
          ExecutionException e = assertThrows(ExecutionException.class, reader::get);
          Throwable cause = e.getCause();
          assertTrue(
              cause instanceof java.nio.channels.ClosedChannelException
                  || cause instanceof java.nio.file.ClosedFileSystemException,
              cause.toString());
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private static int readUntilClosed(FileSystem volume, boolean positional) throws IOException {
    while (true) {
      Path file = volume.getPath("file 1");
      byte[] expected = FILES.get("file 1");
      if (positional) {
        try (FileChannel channel = FileChannel.open(file)) {
          ByteBuffer buffer = ByteBuffer.allocate(expected.length);
          assertEquals(expected.length, channel.read(buffer, 0));
          assertArrayEquals(expected, buffer.array());
        }
      } else {
        assertArrayEquals(expected, Files.readAllBytes(file));
      }
    }
  }
}
