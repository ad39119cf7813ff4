package dev.tcplay.serve.sftp;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Lets no more than so many passwords be guessed a minute, by all together. */
final class TryLimit {

  static final int TRIES = 20;

  private static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier nanoTime;
  private long start;
  private int wrong;

  TryLimit(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  synchronized boolean mayTry() {
    long now = nanoTime.getAsLong();
    if (now - start >= PERIOD_NANOS) {
      start = now;
      wrong = 0;
    }
    return wrong < TRIES;
  }

  synchronized void countWrong() {
    wrong++;
  }
}
