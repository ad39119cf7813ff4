package dev.tcplay.volume;

import dev.tcplay.model.UnlockListener;
import dev.tcplay.model.UnlockProgress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Knows how much of a search is done and tells a listener. What remains is estimated from what was
 * done, by the rough cost of each block; since the threads work side by side, their number needs no
 * thought.
 */
final class ProgressMeter {

  /** What is done sooner tells nothing yet: its code was not compiled. */
  private static final long LEAST_NANOS = 1_000_000_000;

  private final UnlockListener listener;
  private final LongSupplier clock;
  private final long start;
  private final int total;
  private final long wholeCost;
  private int tried;
  private long cost;
  private long nanosOfCost;

  /**
   * Starts the time.
   *
   * @param total how many combinations there are
   * @param wholeCost what all blocks cost, in any unit
   * @param clock the time in nanoseconds, such as {@link System#nanoTime}
   */
  ProgressMeter(UnlockListener listener, int total, long wholeCost, LongSupplier clock) {
    this.listener = listener;
    this.total = total;
    this.wholeCost = wholeCost;
    this.clock = clock;
    this.start = clock.getAsLong();
  }

  /** Takes note of work that is done. */
  void add(int triedInVain, long costOfBlocks) {
    tried += triedInVain;
    cost += costOfBlocks;
    nanosOfCost = clock.getAsLong() - start;
  }

  /** Tells the listener. */
  void report() {
    long elapsed = clock.getAsLong() - start;
    listener.progress(
        new UnlockProgress(tried, total, Duration.ofNanos(elapsed), remaining(elapsed)));
  }

  private Optional<Duration> remaining(long elapsed) {
    if (nanosOfCost < LEAST_NANOS || cost == 0) {
      return Optional.empty();
    }
    double left = (double) (wholeCost - cost) / cost * nanosOfCost - (elapsed - nanosOfCost);
    return Optional.of(Duration.ofNanos((long) Math.max(0, left)));
  }
}
