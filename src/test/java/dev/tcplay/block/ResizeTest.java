package dev.tcplay.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.FlakeyDevice.Fault;
import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.testing.Seeds;
import dev.tcplay.testing.ToyCipher;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A window is resized under a cache and encryption, and all above it goes on working. */
class ResizeTest {

  private static final int SHARE = 100_003;
  private static final int WORKERS = 4;
  private static final int SIZE = 400_896;
  private static final int START = 1536;

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] read(BlockDevice device, long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    device.read(position, bytes, 0, length);
    return bytes;
  }

  private static BlockDevice encrypted(BlockDevice window) {
    return new CryptDevice(window, new ToyCipher(), 7);
  }

  /** Uses a range that is its own, part of which comes and goes. */
  private static final class Worker {

    private final BlockDevice device;
    private final int start;
    private final byte[] model = new byte[SHARE];
    private final Random random;
    private int served;
    private int refused;

    Worker(BlockDevice device, int start, Random random) {
      this.device = device;
      this.start = start;
      this.random = random;
    }

    void step() throws IOException {
      int kind = random.nextInt(10);
      int length = 1 + random.nextInt(random.nextInt(8) == 0 ? SHARE : 5000);
      int at = random.nextInt(SHARE - length + 1);
      try {
        if (kind < 5) {
          byte[] read = ResizeTest.read(device, start + at, length);
          assertArrayEquals(Arrays.copyOfRange(model, at, at + length), read);
        } else {
          byte[] written = bytes(random, length);
          if (kind < 9) {
            device.write(start + at, written, 0, length);
          } else {
            device.submit(new WriteBatch().write(Group.SECOND, start + at, written, 0, length));
          }
          System.arraycopy(written, 0, model, at, length);
        }
        served++;
      } catch (IOException e) {
        assertTrue(e.getMessage().contains("are not inside a device"), e.toString());
        refused++;
      }
    }

    void verify(BlockDevice other) throws IOException {
      assertArrayEquals(model, ResizeTest.read(other, start, SHARE));
    }
  }

  @Test
  void whoReadsAndWritesMeanwhileSeesAnArrayOfBytesThatBecomesShorterAndLonger() throws Exception {
    Random random = new Random(Seeds.of("whoReadsAndWritesMeanwhile"));
    for (int round = 0; round < 6; round++) {
      MemoryDevice host = new MemoryDevice(SIZE + 2L * START);
      LinearDevice window = new LinearDevice(host, START, SIZE);
      Duration sync = random.nextBoolean() ? Duration.ZERO : Duration.ofMillis(1);
      BlockDevice cache = new CachedDevice(encrypted(window), random.nextInt(500_000), sync);
      cache.write(0, new byte[SIZE], 0, SIZE);
      BlockDevice device = LinearDevice.toEnd(cache, 0);
      List<Worker> workers = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        // Shares meet in the middle of a sector.
        workers.add(new Worker(device, i * SHARE + 77, new Random(random.nextLong())));
      }
      resizeUnder(workers, window, cache, random);
      window.resize(SIZE);
      for (Worker worker : workers) {
        worker.verify(device);
      }
      int refused = workers.stream().mapToInt(worker -> worker.refused).sum();
      int served = workers.stream().mapToInt(worker -> worker.served).sum();
      assertTrue(refused > 0 && served > 100, served + " served, " + refused + " refused");
      cache.flush();
      for (Worker worker : workers) {
        worker.verify(encrypted(new LinearDevice(host, START, SIZE)));
      }
      device.close();
    }
  }

  private static void resizeUnder(
      List<Worker> workers, LinearDevice window, BlockDevice cache, Random random)
      throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService pool = Executors.newFixedThreadPool(workers.size());
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Worker worker : workers) {
        running.add(
            pool.submit(
                () -> {
                  while (!done.get()) {
                    worker.step();
                  }
                  return null;
                }));
      }
      for (int i = 0; i < 60; i++) {
        int size = random.nextInt(4) == 0 ? SIZE : random.nextInt(SIZE + 1);
        window.resize(size);
        assertEquals(size & -512, cache.size());
        Thread.sleep(random.nextInt(5));
      }
      done.set(true);
      for (Future<?> worker : running) {
        worker.get();
      }
    } finally {
      done.set(true);
      pool.shutdownNow();
    }
  }

  @Test
  void nothingBehindAnEarlierEndIsKeptInMemory() throws IOException {
    MemoryDevice host = new MemoryDevice(1 << 20);
    LinearDevice window = new LinearDevice(host, START, 100_864);
    try (BlockDevice cache = new CachedDevice(window, 1 << 20, Duration.ZERO)) {
      cache.write(0, filled(100_864, 1), 0, 100_864);
      assertArrayEquals(filled(100_864, 1), read(cache, 0, 100_864));
      window.resize(50_688);
      assertThrows(IOException.class, () -> read(cache, 50_688, 1));
      assertThrows(IOException.class, () -> cache.write(50_687, new byte[2], 0, 2));
      host.write(START + 50_688, filled(100_000, 2), 0, 100_000);
      window.resize(150_016);
      assertArrayEquals(filled(50_688, 1), read(cache, 0, 50_688));
      assertArrayEquals(filled(99_328, 2), read(cache, 50_688, 99_328));
    }
  }

  @Test
  void aPageThatEndsWithTheDeviceIsWholeOnceThatHasGrown() throws IOException {
    MemoryDevice host = new MemoryDevice(1 << 20);
    host.write(0, filled(1 << 16, 3), 0, 1 << 16);
    LinearDevice window = new LinearDevice(host, 0, 8192 + 512);
    try (BlockDevice cache = new CachedDevice(encrypted(window), 1 << 20, Duration.ZERO)) {
      byte[] before = read(cache, 8192, 512);
      cache.write(8192 + 100, new byte[10], 0, 10);
      System.arraycopy(new byte[10], 0, before, 100, 10);
      window.resize(1 << 16);
      assertArrayEquals(before, read(cache, 8192, 512));
      byte[] expected = read(encrypted(LinearDevice.shared(host, 0, 1 << 16)), 8192, 4096);
      assertArrayEquals(expected, read(cache, 8192, 4096));
    }
  }

  @Test
  void whatWaitsIsOnTheHostBeforeAWindowShrinks() throws IOException {
    MemoryDevice host = new MemoryDevice(1 << 20);
    LinearDevice window = new LinearDevice(host, 0, 1 << 19);
    try (BlockDevice cache = new CachedDevice(window, 1 << 20, Duration.ZERO)) {
      cache.write(1 << 18, filled(100, 4), 0, 100);
      window.resize(1 << 18);
      assertArrayEquals(filled(100, 4), read(host, 1 << 18, 100));
    }
  }

  @Test
  void nothingIsResizedIfWhatWaitsCannotBeWritten() throws IOException {
    AtomicBoolean failing = new AtomicBoolean();
    MemoryDevice host = new MemoryDevice(1 << 20);
    LinearDevice window =
        new LinearDevice(
            new FlakeyDevice(host, (n, o, p, l) -> failing.get() ? Fault.FAIL : Fault.NONE),
            0,
            1 << 19);
    try (BlockDevice cache = new CachedDevice(window, 1 << 20, Duration.ZERO)) {
      cache.write(1 << 18, filled(100, 5), 0, 100);
      failing.set(true);
      assertThrows(IOException.class, () -> window.resize(1 << 18));
      assertEquals(1 << 19, cache.size());
      assertArrayEquals(filled(100, 5), read(cache, 1 << 18, 100));
      failing.set(false);
      window.resize(1 << 18);
      assertEquals(1 << 18, cache.size());
    }
  }

  @Test
  void aSnapshotForgetsWhatLiesBehindTheEndAndKeepsTheRest() throws IOException {
    MemoryDevice host = new MemoryDevice(1 << 20);
    host.write(0, filled(100_000, 6), 0, 100_000);
    LinearDevice window = new LinearDevice(host, 0, 20_000);
    try (SnapshotDevice snapshot = SnapshotDevice.inMemory(window);
        BlockDevice cache = new CachedDevice(snapshot, 1 << 20, Duration.ZERO)) {
      cache.write(0, filled(20_000, 7), 0, 20_000);
      cache.flush();
      window.resize(10_001);
      assertEquals(10_001, cache.size());
      window.resize(30_000);
      byte[] expected = filled(30_000, 6);
      Arrays.fill(expected, 0, 10_001, (byte) 7);
      assertArrayEquals(expected, read(cache, 0, 30_000));
      snapshot.commit();
      assertArrayEquals(expected, read(host, 0, 30_000));
    }
  }

  @Test
  void aSnapshotIsNeverLargerThanItsOverlay() throws IOException {
    LinearDevice window = new LinearDevice(new MemoryDevice(1 << 20), 0, 20_000);
    try (BlockDevice snapshot = SnapshotDevice.over(window, new MemoryDevice(25_000), () -> {})) {
      window.resize(30_000);
      assertEquals(25_000, snapshot.size());
    }
  }

  @Test
  void aWindowLiesInsideTheDeviceBelowAtAnyTime() throws IOException {
    LinearDevice lower = new LinearDevice(new MemoryDevice(10_000), 0, 5_000);
    LinearDevice window = new LinearDevice(lower, 1_000, 3_000);
    BlockDevice rest = LinearDevice.toEnd(lower, 1_000);
    assertThrows(IllegalArgumentException.class, () -> window.resize(4_001));
    assertThrows(IllegalArgumentException.class, () -> window.resize(-1));
    lower.resize(2_000);
    assertEquals(1_000, window.size());
    assertEquals(1_000, rest.size());
    assertThrows(IOException.class, () -> read(window, 999, 2));
    lower.resize(500);
    assertEquals(0, window.size());
    lower.resize(10_000);
    assertEquals(3_000, window.size());
    assertEquals(9_000, rest.size());
  }

  @Test
  void closingAndResizingAtOnceBothComeToAnEnd() throws Exception {
    for (int i = 0; i < 200; i++) {
      MemoryDevice host = new MemoryDevice(1 << 20);
      LinearDevice lower = new LinearDevice(host, 0, 1 << 19);
      LinearDevice upper = new LinearDevice(lower, 0, 1 << 18);
      BlockDevice cache = new CachedDevice(encrypted(upper), 1 << 18, Duration.ofMillis(1));
      cache.write(1 << 17, filled(5000, 8), 0, 5000);
      Thread first = new Thread(() -> resizeQuietly(lower, (1 << 18) + 512));
      Thread second = new Thread(() -> resizeQuietly(upper, 1 << 16));
      first.start();
      second.start();
      cache.close();
      first.join();
      second.join();
      assertThrows(IOException.class, () -> read(cache, 0, 1));
    }
  }

  private static void resizeQuietly(LinearDevice window, long length) {
    try {
      window.resize(length);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
