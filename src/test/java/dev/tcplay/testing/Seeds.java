package dev.tcplay.testing;

import java.util.concurrent.ThreadLocalRandom;

/** Seeds of property tests and fuzzing: random, printed, and set again by {@code tcplay.seed}. */
public final class Seeds {

  private Seeds() {}

  /** Returns the seed of a test and prints it, so that a failure can be run again. */
  public static long of(String test) {
    String given = System.getProperty("tcplay.seed", "");
    long seed = given.isEmpty() ? ThreadLocalRandom.current().nextLong() : Long.parseLong(given);
    System.out.println(test + ": -Dtcplay.seed=" + seed);
    return seed;
  }
}
