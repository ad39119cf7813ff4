package dev.tcplay.nio;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Takes all memory, and gives a little of it back, again and again. */
final class Hoard {

  private static final int MOST_KEPT = 1 << 16;
  private static final int DIRECT_MEMORY = 2 << 20;

  /** The JDK looks for direct memory for half a second before it says that there is none. */
  private static final int LEAST_DIRECT_MILLIS = 700;

  private final boolean isDirect;
  private final Random random;
  private final Thread thread = new Thread(this::run, "hoarder");
  private final BufferPoolMXBean buffers =
      ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
          .filter(pool -> pool.getName().equals("direct"))
          .findAny()
          .orElseThrow();
  private final Object[] kept = new Object[MOST_KEPT];
  private int keptCount;
  private volatile boolean scarce;
  private volatile boolean holding;
  private volatile boolean done;

  Hoard(boolean isDirect, Random random) {
    this.isDirect = isDirect;
    this.random = random;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  void end() throws InterruptedException {
    done = true;
    thread.join();
  }

  /** Lets memory become scarce. */
  void take() {
    scarce = true;
  }

  /** Returns once there is memory again. */
  void release() throws InterruptedException {
    scarce = false;
    while (holding) {
      Thread.sleep(1);
    }
  }

  private void run() {
    while (!done) {
      try {
        holding = true;
        if (scarce && isDirect) {
          holdBuffers();
        } else if (scarce) {
          takeHeap();
        }
        Thread.sleep(1 + random.nextInt(5));
      } catch (InterruptedException | Error e) {
        // That is what we are here for.
      }
      while (keptCount > 0 && (isDirect || random.nextInt(200) != 0 || !scarce)) {
        kept[--keptCount] = null;
      }
      holding = keptCount > 0;
      LockSupport.parkNanos((isDirect ? 1 + random.nextInt(30) : 1) * 1_000_000L);
    }
  }

  private void takeHeap() {
    int smallest = 16 << random.nextInt(10);
    for (int size = 1 << 20; size >= smallest; size /= 8) {
      try {
        while (keptCount < MOST_KEPT) {
          kept[keptCount] = new byte[size];
          keptCount++;
        }
      } catch (OutOfMemoryError e) {
        // Now less.
      }
    }
  }

  /** Holds direct memory for so long that requests for it fail, and takes what others give back. */
  private void holdBuffers() throws InterruptedException {
    int left = random.nextInt(1 << (9 + random.nextInt(8)));
    long end = System.nanoTime() + (LEAST_DIRECT_MILLIS + random.nextInt(700)) * 1_000_000L;
    while (scarce && System.nanoTime() < end) {
      long rest = DIRECT_MEMORY - buffers.getTotalCapacity() - left;
      if (rest > 0 && keptCount < MOST_KEPT) {
        kept[keptCount] = ByteBuffer.allocateDirect((int) rest);
        keptCount++;
      }
      Thread.sleep(1);
    }
  }
}
