package dev.tcplay.block.memory;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How much memory the buffers and the cache of a volume may take, if nothing else is said. */
public final class Budget {

  /**
   * From this length on a request is long, in bytes: the cache lets it pass, and the encryption
   * shares it among threads in pieces of that length.
   */
  public static final int LONG_REQUEST = 1 << 16;

  private static final long LEAST = 4 << 20;

  private Budget() {}

  /** Returns min(0.2 % of physical memory, 1/16 of the largest heap), at least 4 MiB, in bytes. */
  public static long bytes() {
    long heap = Runtime.getRuntime().maxMemory() / 16;
    return Math.max(LEAST, Math.min(physicalMemory() / 500, heap));
  }

  private static long physicalMemory() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }
}
