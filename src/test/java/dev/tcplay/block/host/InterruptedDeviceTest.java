package dev.tcplay.block.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.testing.PlainProvider;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Interrupts harm no device and no thread but the one that they are for. */
@Timeout(300)
class InterruptedDeviceTest extends PatternedHost {

  private static final int ENOUGH = 150;

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
      while (interruptedReads.get() < ENOUGH && readers.stream().noneMatch(Future::isDone)) {
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
    assertTrue(interruptedReads.get() >= ENOUGH, "interrupted reads: " + interruptedReads);
  }
}
