package dev.tcplay.crypto.kernel;

/**
 * How the loops of one direction are called, for the sake of the virtual machine, which learns from
 * the first calls.
 *
 * <p>It counts how often the loops go round, and unrolls them accordingly, for good; so for a while
 * they never see few lanes, even if most are idle. The very first calls are interpreted, not
 * counted, and are spared that. When all is compiled a call costs what it needs.
 *
 * <p>Threads share one object without a lock: a count that is lost does no harm.
 *
 * <p>What was searched: loops that first saw single sectors ran at 450 instead of 720 MB/s for
 * good. First calls of 128 lanes are too short on JDK 17, a fifth slower for good, though compiled
 * in a third of the time; 192 are enough. To check a new JDK: {@code XtsBenchmark -p
 * chain=Serpent}, whose rows of 512 bytes and more must differ by overheads only; {@code
 * FirstReadBenchmark -p chain=Serpent}.
 */
final class SerpentPace {

  static final int COUNTED_CALLS = 10_000;

  /** With 128 JDK 17 unrolls a loop half as far, which is a fifth slower. */
  static final int MIN_COUNTED_LANES = 192;

  /** Fewer than these are no faster: a loop of vectors begins and ends with single lanes. */
  private static final int MIN_LANES = 128;

  /** Up to so many lanes one after the other are faster than vectors of the least length. */
  private static final int MAX_SINGLE_LANES = 56;

  private final IdleCalls idle = new IdleCalls();
  private int calls;

  /** Counts a call and returns over how many lanes it runs, the given ones first. */
  int padded(int lanes) {
    if (calls < COUNTED_CALLS) {
      return calls++ < IdleCalls.INTERPRETED_CALLS ? lanes : Math.max(lanes, MIN_COUNTED_LANES);
    }
    return lanes <= MAX_SINGLE_LANES ? lanes : Math.max(lanes, MIN_LANES);
  }

  /** Returns how many runs over no lanes are to precede one over the given lanes. */
  int idleRuns(int padded) {
    return idle.before(padded);
  }
}
