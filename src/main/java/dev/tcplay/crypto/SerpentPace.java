package dev.tcplay.crypto;

/**
 * How many lanes the loops of one direction get at a time, for the sake of the virtual machine,
 * which learns from the first calls.
 *
 * <p>At first calls are short, so that there are many: what is called often is compiled. For some
 * time more they are short enough for a round to be compiled on account of its calls and not, for
 * nothing, of its loop, while that runs. Then it counts how often the loops go round, and unrolls
 * them accordingly, for good; so for a while they never see few lanes, even if most are idle. When
 * all is compiled a call costs what it needs.
 *
 * <p>Threads share one object without a lock: a count that is lost does no harm.
 */
final class SerpentPace {

  private static final int INTERPRETED_CALLS = 80;
  private static final int SHORT_LANES = 16;

  private static final int EARLY_CALLS = 300;
  private static final int EARLY_LANES = 64;

  private static final int COUNTED_CALLS = 10_000;
  private static final int MIN_COUNTED_LANES = 128;

  /** Up to so many lanes one after the other are faster than vectors of the least length. */
  private static final int MAX_SINGLE_LANES = 56;

  private int calls;

  /** Returns how many of the given lanes the next call is to take. */
  int taken(int lanes) {
    if (calls >= EARLY_CALLS) {
      return lanes;
    }
    return Math.min(lanes, calls < INTERPRETED_CALLS ? SHORT_LANES : EARLY_LANES);
  }

  /** Counts a call and returns over how many lanes it runs, the given ones first. */
  int padded(int lanes) {
    if (calls >= COUNTED_CALLS) {
      return lanes <= MAX_SINGLE_LANES ? lanes : Math.max(lanes, MIN_COUNTED_LANES);
    }
    int call = calls++;
    return call < INTERPRETED_CALLS
        ? lanes
        : Math.max(lanes, call < EARLY_CALLS ? EARLY_LANES : MIN_COUNTED_LANES);
  }
}
