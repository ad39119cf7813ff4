package dev.tcplay.crypto.kernel;

/**
 * Calls over nothing that go beside a kernel's first ones, for the sake of the virtual machine.
 * What they call must return at once, before any loop whose rounds tell how far to unroll it.
 *
 * <p>It compiles a method when that was called often, or when a loop in it went round often. What
 * runs long loops in few calls is compiled twice, first for a loop that is running, by a thread
 * that has other things to compile meanwhile. Idle calls cost next to nothing, and with so many of
 * them a method is compiled for its calls before a loop in it is due.
 *
 * <p>HotSpot compiles after 600 calls if there were 15,000 calls and rounds, or after 40,000 rounds
 * (Tier4MinInvocationThreshold, Tier4CompileThreshold, Tier4BackEdgeThreshold); all three grow
 * alike while many methods wait. It counts per method and process, and so do static objects of this
 * class, one for what is always called together.
 *
 * <p>Threads may share an object without a lock: a count that is lost does no harm.
 *
 * <p>To check a new JDK: {@code -XX:+PrintCompilation} shows no line of {@code Serpent} with {@code
 * %} and a 4 in the first second, and {@code FirstReadBenchmark} no chain far behind portable.
 */
final class IdleCalls {

  /**
   * All is compiled, or waits to be, long before: they go on for 30 MiB of Serpent and 7 of
   * Kuznyechik in long calls, and for some 10,000 calls of Serpent for a sector.
   */
  static final int MOST = 40_000;

  /** So many rounds need an idle call: three in four of 40,000 to 600, as HotSpot looks seldom. */
  private static final int ROUNDS = 48;

  /**
   * Calls that are interpreted for certain, and idle ones that each of them has at least: together
   * they pass 128, after which HotSpot looks for the first time.
   */
  static final int INTERPRETED_CALLS = 16;

  private static final int LEAST_INTERPRETED = 8;

  private int interpreted;
  private int idle;

  /** Returns how many idle calls are to precede a call in which loops go round so many times. */
  int before(int rounds) {
    if (idle >= MOST) {
      return 0;
    }
    int calls = rounds / ROUNDS;
    if (interpreted < INTERPRETED_CALLS) {
      interpreted++;
      calls = Math.max(calls, LEAST_INTERPRETED);
    }
    idle += calls;
    return calls;
  }
}
