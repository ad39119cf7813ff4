package dev.tcplay.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.testing.DelegatingDevice;
import dev.tcplay.testing.Seeds;
import dev.tcplay.testing.ToyCipher;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that companions share, through volumes in each other. */
class LongRequestsTest {

  private static final int THREADS = 6;
  private static final int PART = 700_000;
  private static final int ROUNDS = 150;

  private final Random random = new Random(Seeds.of("LongRequestsTest"));

  private static BlockDevice stack(Path file) throws IOException {
    try (RandomAccessFile host = new RandomAccessFile(file.toFile(), "rw")) {
      host.setLength((long) THREADS * PART + 512);
    }
    BlockDevice device = FileDevice.open(file, HostOpen.writing());
    for (int level = 0; level < 2; level++) {
      device = new CryptDevice(device, new ToyCipher(), level);
    }
    return device;
  }

  @Test
  void interruptsEndNoRequest(@TempDir Path folder) throws Exception {
    Thread[] workers = new Thread[THREADS];
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (BlockDevice device = stack(folder.resolve("host"))) {
      List<Future<Integer>> results = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int number = t;
        Random own = new Random(random.nextLong());
        results.add(
            pool.submit(
                () -> {
                  workers[number] = Thread.currentThread();
                  return work(device, (long) number * PART, own);
                }));
      }
      int ended = 0;
      while (ended < THREADS) {
        Thread victim = workers[random.nextInt(THREADS)];
        if (victim != null) {
          victim.interrupt();
        }
        Thread.sleep(1);
        ended = (int) results.stream().filter(Future::isDone).count();
      }
      int interrupts = 0;
      for (Future<Integer> result : results) {
        interrupts += result.get();
      }
      assertTrue(interrupts > 0);
    } finally {
      pool.shutdownNow();
    }
  }

  /**
   * Reads and writes a part of the device that is its own; returns how often it was interrupted.
   */
  private static int work(BlockDevice device, long start, Random random) throws IOException {
    byte[] model = new byte[PART];
    int interrupts = 0;
    random.nextBytes(model);
    interrupts += insist(() -> device.write(start, model, 0, PART));
    for (int i = 0; i < ROUNDS; i++) {
      int length = 1 + random.nextInt(PART);
      int at = random.nextInt(PART - length + 1);
      if (random.nextBoolean()) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        System.arraycopy(bytes, 0, model, at, length);
        interrupts += insist(() -> device.write(start + at, model, at, length));
      }
      byte[] read = new byte[PART];
      interrupts += insist(() -> device.read(start, read, 0, PART));
      assertArrayEquals(model, read);
    }
    return interrupts;
  }

  private interface Request {
    void run() throws IOException;
  }

  private static int insist(Request request) throws IOException {
    request.run();
    return Thread.interrupted() ? 1 : 0;
  }

  @Test
  void theyPassByTheCacheOfTheVolumeOutside() throws IOException {
    AtomicLong below = new AtomicLong();
    int length = 1 << 20;
    BlockDevice host =
        new DelegatingDevice(new MemoryDevice(4 << 20)) {
          @Override
          public void read(long position, byte[] target, int offset, int n) throws IOException {
            below.addAndGet(n);
            super.read(position, target, offset, n);
          }
        };
    BlockDevice outside = new CachedDevice(host, 4 << 20, Duration.ofSeconds(60));
    try (BlockDevice device = new CryptDevice(outside, new ToyCipher(), 0)) {
      byte[] bytes = new byte[length];
      for (int i = 1; i <= 20; i++) {
        device.read(length, bytes, 0, length);
        assertEquals((long) i * length, below.get());
      }
    }
  }

  @Test
  void theyFailAsShortOnesDo() throws IOException {
    BlockDevice host =
        new DelegatingDevice(new MemoryDevice(1 << 20)) {
          @Override
          public void write(long position, byte[] source, int offset, int n) {
            throw new NonWritableChannelException();
          }
        };
    try (BlockDevice device = new CryptDevice(host, new ToyCipher(), 0)) {
      for (int length : new int[] {512, 1 << 16, 1 << 20}) {
        byte[] bytes = new byte[length];
        assertThrows(
            NonWritableChannelException.class, () -> device.write(0, bytes, 0, bytes.length));
      }
    }
  }
}
