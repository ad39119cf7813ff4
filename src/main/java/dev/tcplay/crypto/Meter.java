package dev.tcplay.crypto;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Measures the speed of code that the JIT has compiled.
 *
 * <p>First come slices of a tenth of the time, until the last three were no faster than the best
 * before them, since code gets faster in steps: interpreted, compiled in haste, compiled with care.
 * The last step of a large kernel takes the compiler a second or more, while nothing seems to
 * change. So code that runs for the first time in this JVM is warmed up for four to eight times the
 * time, and code that is warm already for half of it to twice. Then comes the measurement, in one
 * piece.
 */
final class Meter {

  private static final int SLICES = 10;
  private static final long LEAST_SLICE_NANOS = 10_000_000;
  private static final int STEADY_SLICES = 3;
  private static final double FASTER = 1.02;

  private static final Set<Object> WARM = ConcurrentHashMap.newKeySet();

  /** Work that goes on as long as it is asked to. */
  @FunctionalInterface
  interface Work {

    /** Works for a time and returns its speed. */
    double run(long nanos) throws InterruptedException;
  }

  private Meter() {}

  /**
   * Warms up and returns the speed of work over a time.
   *
   * @param code what the work runs: all kernels and directions, as values
   */
  static double measure(Set<?> code, Work work, Duration time) throws InterruptedException {
    int least = WARM.containsAll(code) ? SLICES / 2 : 4 * SLICES;
    int most = WARM.containsAll(code) ? 2 * SLICES : 8 * SLICES;
    long slice = Math.max(LEAST_SLICE_NANOS, time.toNanos() / SLICES);
    double best = 0;
    int steady = 0;
    for (int i = 0; i < most && (i < least || steady < STEADY_SLICES); i++) {
      double speed = work.run(slice);
      steady = speed > FASTER * best ? 0 : steady + 1;
      best = Math.max(best, speed);
    }
    WARM.addAll(code);
    return work.run(time.toNanos());
  }
}
