package dev.tcplay.crypto;

import java.time.Duration;

/**
 * Measures the speed of code that the JIT has compiled.
 *
 * <p>First come slices of a tenth of the time, until they have taken the whole time and the last
 * three were no faster than the best before them, since code gets faster in steps: interpreted,
 * compiled in haste, compiled with care. Where it keeps getting faster, warming up ends after three
 * times the time. Then comes the measurement, in one piece.
 */
final class Meter {

  private static final int SLICES = 10;
  private static final long LEAST_SLICE_NANOS = 10_000_000;
  private static final int STEADY_SLICES = 3;
  private static final double FASTER = 1.02;

  /** Work that goes on as long as it is asked to. */
  @FunctionalInterface
  interface Work {

    /** Works for a time and returns its speed. */
    double run(long nanos) throws InterruptedException;
  }

  private Meter() {}

  /** Warms up and returns the speed of work over a time. */
  static double measure(Work work, Duration time) throws InterruptedException {
    long slice = Math.max(LEAST_SLICE_NANOS, time.toNanos() / SLICES);
    double best = 0;
    int steady = 0;
    for (int i = 0; i < 3 * SLICES && (i < SLICES || steady < STEADY_SLICES); i++) {
      double speed = work.run(slice);
      steady = speed > FASTER * best ? 0 : steady + 1;
      best = Math.max(best, speed);
    }
    return work.run(time.toNanos());
  }
}
