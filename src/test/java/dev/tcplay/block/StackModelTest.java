package dev.tcplay.block;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.FlakeyDevice.Fault;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.block.memory.BufferPool;
import dev.tcplay.testing.Seeds;
import dev.tcplay.testing.ToyCipher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any stack of devices with the cache on top behaves as an array of bytes does. */
class StackModelTest {

  private static final int SHARE = 100_003;
  private static final int SIZE = 1 << 19;
  private static final int STEPS = 200;

  @TempDir Path folder;

  /** The layers of a stack, chosen by chance. */
  private static final class Stack {

    private final Random random;
    private final List<Integer> layers = new ArrayList<>();
    private volatile boolean failing;

    Stack(Random random, boolean failing) {
      this.random = random;
      this.failing = failing;
      for (int n = random.nextInt(4); n > 0; n--) {
        layers.add(random.nextInt(4));
      }
    }

    /** Puts the layers that change positions and bytes on a device. */
    BlockDevice map(BlockDevice device) {
      for (int layer : layers) {
        device =
            switch (layer) {
              case 0 -> new LinearDevice(device, 512, device.size() - 1024);
              case 1 -> new CryptDevice(device, new ToyCipher(), 7, BufferPool.MINIMUM);
              case 2 -> inset(device);
              default -> new GuardDevice(device, device.size() - 512, 512, refusal -> {});
            };
      }
      return device;
    }

    /** Encrypts the middle, as a system drive is: the edges lie inside of a worker's share. */
    private static BlockDevice inset(BlockDevice device) {
      int start = SHARE / 1024 * 512;
      BlockDevice middle = LinearDevice.shared(device, start, 2L * SHARE / 512 * 512);
      BlockDevice inset = new CryptDevice(middle, new ToyCipher(), 3, BufferPool.MINIMUM);
      return new InsetDevice(device, inset, start, false);
    }

    BlockDevice onTopOf(BlockDevice host) {
      Random chance = new Random(random.nextLong());
      BlockDevice flakey =
          new FlakeyDevice(
              host,
              (number, operation, position, length) -> {
                synchronized (chance) {
                  return failing && chance.nextInt(12) == 0 ? Fault.FAIL : Fault.NONE;
                }
              });
      Duration sync = random.nextBoolean() ? Duration.ZERO : Duration.ofMillis(1);
      return new CachedDevice(map(flakey), random.nextInt(300_000), sync);
    }
  }

  private static List<ModelWorker> workers(BlockDevice device, Random random) throws IOException {
    List<ModelWorker> workers = new ArrayList<>();
    for (int count = 1 + random.nextInt(4); count > 0; count--) {
      Random own = new Random(random.nextLong());
      // Shares meet in the middle of a sector.
      int start = workers.size() * SHARE + 77;
      workers.add(new ModelWorker(device, start, SHARE, SHARE, own));
    }
    return workers;
  }

  private static void work(List<ModelWorker> workers, List<Thread> threads) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(workers.size());
    try {
      List<Future<?>> running = new ArrayList<>();
      for (ModelWorker worker : workers) {
        running.add(
            pool.submit(
                () -> {
                  synchronized (threads) {
                    threads.add(Thread.currentThread());
                  }
                  for (int i = 0; i < STEPS && worker.step(); i++) {}
                  return null;
                }));
      }
      for (Future<?> worker : running) {
        worker.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static void verify(List<ModelWorker> workers, BlockDevice device) throws IOException {
    for (ModelWorker worker : workers) {
      worker.verify(device);
    }
  }

  @Test
  void behavesAsBytesDo() throws Exception {
    Random random = new Random(Seeds.of("behavesAsBytesDo"));
    for (int round = 0; round < 20; round++) {
      Stack stack = new Stack(random, false);
      LogWritesDevice host = new LogWritesDevice(new MemoryDevice(SIZE));
      BlockDevice device = stack.onTopOf(host);
      List<ModelWorker> workers = workers(device, random);
      work(workers, new ArrayList<>());
      verify(workers, device);
      assertTrue(workers.stream().allMatch(worker -> worker.done() == STEPS));
      device.close();
      verify(workers, stack.map(copyOf(host)));
    }
  }

  @Test
  void losesNothingThatWasAcknowledgedBeforeItWasClosed() throws Exception {
    Random random = new Random(Seeds.of("losesNothingThatWasAcknowledgedBeforeItWasClosed"));
    for (int round = 0; round < 20; round++) {
      Stack stack = new Stack(random, false);
      LogWritesDevice host = new LogWritesDevice(new MemoryDevice(SIZE));
      BlockDevice device = stack.onTopOf(host);
      List<ModelWorker> workers = workers(device, random);
      int closeAfter = random.nextInt(STEPS);
      ModelWorker closer = workers.get(0);
      ExecutorService pool = Executors.newFixedThreadPool(workers.size());
      try {
        List<Future<?>> running = new ArrayList<>();
        for (ModelWorker worker : workers) {
          running.add(
              pool.submit(
                  () -> {
                    for (int i = 0; worker.step(); i++) {
                      if (worker == closer && i == closeAfter) {
                        device.close();
                      }
                    }
                    return null;
                  }));
        }
        for (Future<?> worker : running) {
          worker.get();
        }
      } finally {
        pool.shutdownNow();
      }
      verify(workers, stack.map(copyOf(host)));
    }
  }

  @Test
  void losesNothingWhenTheHostFails() throws Exception {
    Random random = new Random(Seeds.of("losesNothingWhenTheHostFails"));
    long failures = 0;
    for (int round = 0; round < 20; round++) {
      Stack stack = new Stack(random, true);
      LogWritesDevice host = new LogWritesDevice(new MemoryDevice(SIZE));
      BlockDevice device = stack.onTopOf(host);
      List<ModelWorker> workers = workers(device, random);
      work(workers, new ArrayList<>());
      stack.failing = false;
      verify(workers, device);
      try {
        device.close();
      } catch (IOException e) {
        // Of a host that once failed to force, close must not say that all is well.
        assertTrue(e.getMessage().contains("failed to force"), e.toString());
      }
      verify(workers, stack.map(copyOf(host)));
      failures += workers.stream().mapToLong(ModelWorker::failed).sum();
    }
    assertTrue(failures > 100, "failures: " + failures);
  }

  @Test
  void losesNothingWhenThreadsAreInterrupted() throws Exception {
    Random random = new Random(Seeds.of("losesNothingWhenThreadsAreInterrupted"));
    long interrupts = 0;
    for (int round = 0; round < 6; round++) {
      Path file = Files.write(folder.resolve("host" + round), new byte[SIZE]);
      Stack stack = new Stack(random, false);
      BlockDevice device = stack.onTopOf(FileDevice.open(file, HostOpen.writing()));
      List<ModelWorker> workers = workers(device, random);
      List<Thread> threads = new ArrayList<>();
      AtomicBoolean done = new AtomicBoolean();
      Thread pest = new Thread(() -> interrupt(threads, done));
      pest.start();
      try {
        work(workers, threads);
      } finally {
        done.set(true);
        pest.join();
      }
      verify(workers, device);
      device.close();
      try (BlockDevice again = stack.map(FileDevice.open(file, HostOpen.reading()))) {
        verify(workers, again);
      }
      interrupts += workers.stream().mapToLong(ModelWorker::interrupted).sum();
    }
    assertTrue(interrupts > 0, "no interrupt hit");
  }

  private static void interrupt(List<Thread> threads, AtomicBoolean done) {
    for (int i = 0; !done.get(); i++) {
      synchronized (threads) {
        if (!threads.isEmpty() && i % 1000 == 0) {
          threads.get(i / 1000 % threads.size()).interrupt();
        }
      }
      Thread.onSpinWait();
    }
  }

  private static MemoryDevice copyOf(LogWritesDevice host) throws IOException {
    MemoryDevice copy = new MemoryDevice(SIZE);
    host.replay(0, host.entries(), copy);
    return copy;
  }
}
