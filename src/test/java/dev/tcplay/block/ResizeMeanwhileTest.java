package dev.tcplay.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.testing.Seeds;
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

/** A window is resized while others read, write and close. */
class ResizeMeanwhileTest extends ResizedWindow {

  private static final int SHARE = 100_003;
  private static final int WORKERS = 4;
  private static final int SIZE = 400_896;

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
          byte[] read = ResizedWindow.read(device, start + at, length);
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
      assertArrayEquals(model, ResizedWindow.read(other, start, SHARE));
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
