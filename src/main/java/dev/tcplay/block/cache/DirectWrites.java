package dev.tcplay.block.cache;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the writes that went past the cache, of which there is no copy in memory, so that a host
 * that fails to force them is known to have perhaps lost some. Safe for any number of threads.
 */
final class DirectWrites {

  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();
  private volatile long forced;

  /** Takes note of a write before the host has any of it. */
  void begin() {
    begun.incrementAndGet();
  }

  /** Takes note that a write has failed, or has come to the host and waits to be forced. */
  void end() {
    ended.incrementAndGet();
  }

  /** Returns how many have ended: all of these are in what is forced from now on. */
  long ended() {
    return ended.get();
  }

  /**
   * Takes note that those are forced that had ended when the host was asked; one thread at once.
   */
  void forced(long endedBefore) {
    forced = endedBefore;
  }

  /** Returns whether the host may have had any that it did not force. */
  boolean isAnyUnforced() {
    return begun.get() > forced;
  }
}
