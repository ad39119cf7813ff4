package dev.tcplay.block.cache;

import dev.tcplay.block.memory.Budget;

/**
 * The tuned numbers of the cache: why each is what it is, and what shows whether it still should
 * be. A row is a method of {@code BlockBenchmark}, with the value of {@code layers} behind it;
 * docs/performance.md says how to run it. To try another number, run the row by turns in two
 * checkouts. The default budget is in {@link Budget}, the default sync interval is {@link
 * CachedDevice#DEFAULT_SYNC_INTERVAL}: no row shows it, it is what a crash may cost.
 */
final class Tuning {

  /** Bytes of a page, or a sector if that is larger: what hosts keep. Row randomReadMiss PLAIN. */
  static final int PAGE = 4096;

  // Pages in memory: PageSet, PageCache.

  /**
   * Clean pages of one hash: their numbers fill one cache line. Rows randomReadHit PLAIN, which
   * searches them, and randomReadMiss PLAIN, which looks for the oldest one.
   */
  static final int WAYS = 8;

  /**
   * The age of a page that is displaced next; one just read begins one below, so that reading a
   * large file once leaves what is in use. CachedDeviceTest shows it; no row mixes the two.
   */
  static final int OLDEST = 3;

  /** The most sets, so that their array stays below 128 MiB: half a terabyte of pages. No row. */
  static final int MOST_SETS = 1 << 24;

  // Reading: PageCache, Streams.

  /**
   * Requests of this many bytes or more are not kept, in bytes: a copy here would cost more than it
   * spares. Rows sequentialRead PLAIN, sequentialWrite PLAIN.
   */
  static final int BYPASS = Budget.LONG_REQUEST;

  /**
   * The most that is read ahead, in bytes: enough for the encryption to share it. No row: it works
   * for requests below {@link #BYPASS} in sequence, as streams make them.
   */
  static final int WINDOW = 1 << 17;

  /** Pages that are read ahead first, doubled each time until the window is full. No row. */
  static final int FIRST_AHEAD = 4;

  /**
   * The number of sequential passes that are followed at once, as a power of two: eight readers or
   * writers. Each look-up goes through all of them. Row randomReadMiss PLAIN.
   */
  static final int STREAM_BITS = 3;

  // Writing: CachedDevice, WriteBack, GroupWriter, Below.

  /**
   * Which part of the budget may be dirty: so much is written at once when it is full, and so much
   * is taken from reading. Row randomWriteMiss PLAIN.
   */
  static final int DIRTY_SHARE = 4;

  /** The fewest pages that may be dirty, so that the smallest budgets work too. No row. */
  static final int FEWEST_DIRTY_PAGES = 8;

  /**
   * Which part of what may be dirty takes scattered writes before they go past the cache. Row
   * randomWriteMiss PLAIN, and random writes of FatDataBenchmark.
   */
  static final int BURST = 8;

  /**
   * The longest request of a commit, in bytes: enough for the encryption to share it. Rows write by
   * 64 KiB of FatDataBenchmark, peers FILES and AES.
   */
  static final int RUN = 1 << 17;

  /**
   * Bytes that one lock of the device below covers: a long write is passed on in such parts. Row
   * sequentialWrite PLAIN, two threads.
   */
  static final int REGION = 1 << 20;

  /**
   * How many such locks there are: many more than threads, so that they seldom meet. Row as before.
   */
  static final int LOCKS = 64;

  private Tuning() {}
}
