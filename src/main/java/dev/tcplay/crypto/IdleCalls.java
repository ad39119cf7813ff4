package dev.tcplay.crypto;

/**
 * Calls over nothing that go beside a kernel's first ones, for the sake of the virtual machine.
 *
 * <p>It compiles a method when that was called often, or when a loop in it went round often. What
 * runs long loops in few calls is compiled twice, first for a loop that is running, by a thread
 * that has other things to compile meanwhile. Calls that do nothing cost next to nothing, and with
 * so many of them a method is always compiled for its calls before any loop in it is due.
 *
 * <p>HotSpot's thresholds are 600 calls or 40,000 rounds, and grow together while many methods wait
 * (Tier4MinInvocationThreshold, Tier4BackEdgeThreshold).
 *
 * <p>Threads may share an object without a lock: a count that is lost does no harm.
 */
final class IdleCalls {

  private static final int ACCOMPANIED_CALLS = 10_000;

  /** Two thirds of the thresholds' ratio, and less again, since rounds are counted loosely. */
  private static final int ROUNDS = 32;

  /** Of the first calls, which are interpreted, even the shortest have so many beside them. */
  private static final int INTERPRETED_CALLS = 16;

  private static final int LEAST_INTERPRETED = 8;

  private int calls;

  /** Returns how many idle calls are to precede a call in which loops go round so many times. */
  int before(int rounds) {
    if (calls >= ACCOMPANIED_CALLS) {
      return 0;
    }
    int idle = rounds / ROUNDS;
    return calls++ < INTERPRETED_CALLS ? Math.max(idle, LEAST_INTERPRETED) : idle;
  }
}
