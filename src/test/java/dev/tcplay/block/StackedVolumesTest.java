package dev.tcplay.block;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.FlakeyDevice.Fault;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.block.memory.BufferPool;
import dev.tcplay.testing.Seeds;
import dev.tcplay.testing.ToyCipher;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Eight volumes stacked in each other, with the fewest buffers, never starve each other. Runs for
 * {@code tcplay.stackSeconds}, 3 unless said otherwise.
 */
class StackedVolumesTest {

  private static final int LEVELS = 8;
  private static final int THREADS = 64;
  private static final int SHARE = 20_011;
  private static final int SIZE = 2 << 20;
  private static final int SECONDS = Integer.getInteger("tcplay.stackSeconds", 3);

  private volatile boolean failing;

  private BlockDevice stack(Random chance) {
    BlockDevice device = new MemoryDevice(SIZE);
    for (int level = 0; level < LEVELS; level++) {
      if (level == LEVELS / 2) {
        device =
            new FlakeyDevice(
                device,
                (number, operation, position, length) -> {
                  synchronized (chance) {
                    return failing && chance.nextInt(20) == 0 ? Fault.FAIL : Fault.NONE;
                  }
                });
      }
      device = new LinearDevice(device, 4096, device.size() - 2 * 4096);
      device = new CryptDevice(device, new ToyCipher(), level, BufferPool.MINIMUM);
      device = new CachedDevice(device, 0, Duration.ofMillis(5));
    }
    return device;
  }

  @Test
  void makesProgress() throws Exception {
    progresses(false);
  }

  @Test
  void makesProgressWhenOneLevelFails() throws Exception {
    progresses(true);
  }

  private void progresses(boolean withFailures) throws Exception {
    Random random = new Random(Seeds.of("StackedVolumesTest"));
    BlockDevice device = stack(new Random(random.nextLong()));
    List<ModelWorker> workers = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      Random own = new Random(random.nextLong());
      workers.add(new ModelWorker(device, t * SHARE, SHARE, SHARE, own));
    }
    failing = withFailures;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (ModelWorker worker : workers) {
        running.add(
            pool.submit(
                () -> {
                  do {
                    worker.step();
                  } while (System.nanoTime() < end);
                  return null;
                }));
      }
      for (Future<?> worker : running) {
        // Whoever is stuck shows as a time-out.
        worker.get(SECONDS + 60, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
    failing = false;
    long done = 0;
    for (ModelWorker worker : workers) {
      worker.verify(device);
      done += worker.done();
    }
    assertTrue(done > THREADS, "requests done: " + done);
    System.out.println("StackedVolumesTest: requests done: " + done);
    try {
      device.close();
    } catch (IOException e) {
      assertTrue(withFailures && e.getMessage().contains("failed to force"), e.toString());
    }
  }
}
