package dev.tcplay.block;

import dev.tcplay.block.memory.Budget;

/**
 * The tuned numbers of devices and targets: why each is what it is, and what shows whether it still
 * should be. A row is a method of {@code BlockBenchmark}, with the value of {@code layers} behind
 * it; docs/performance.md says how to run it. To try another number, run the row by turns in two
 * checkouts. How much memory buffers take as a whole is said by {@link Budget}.
 */
final class Tuning {

  // Long requests of an encrypted device: Companions, SharedRequest.

  /**
   * How long a companion looks out for more to do, in nanoseconds. Waking one takes longer than AES
   * needs for 64 KiB, and whoever reads on is back sooner; meanwhile it burns a processor. Rows
   * sequentialRead AES, sequentialWrite AES.
   */
  static final long LINGER_NANOS = 50_000;

  /**
   * What pays for waking another processor, in nanoseconds: AES is done with 64 KiB before, a slow
   * chain is not. Row sequentialRead AES, by a caller that pauses between requests.
   */
  static final long WORTH_NANOS = 100_000;

  /**
   * What is taken to be worth a companion before anything is measured, in bytes: slow chains get
   * one from the first request on. Row: FirstReadBenchmark.
   */
  static final int SMALLEST_SHARE = 1 << 14;

  /**
   * Requests from this length on are shared, in bytes: what two small pieces hold. Rows read and
   * write by 64 KiB of EncryptionPriceBenchmark.
   */
  static final int SHARED = 1 << 16;

  /**
   * What a worker takes of a short request at a time, but for its ends, in bytes: two of them make
   * the shortest shared request. Rows as for {@link #SHARED}.
   */
  static final int SMALL_PIECE = 1 << 15;

  /**
   * What a worker takes of other requests, but for their ends, in bytes: a cache that the device
   * lies in lets so much pass by, and it stays in the nearer caches of a processor. Rows
   * sequentialRead AES, sequentialWrite AES.
   */
  static final int PIECE = Budget.LONG_REQUEST;

  /**
   * What a caller takes that has no companions, in bytes: few requests, still in the nearer caches.
   * Row sequentialRead AES with as many threads ({@code -t}) as there are processors.
   */
  static final int ALONE_PIECE = 1 << 18;

  /** How long a companion's thread is kept without work: long enough that bursts share it. */
  static final int COMPANION_IDLE_SECONDS = 10;

  /**
   * Looks before a caller sleeps that waits for companions: whoever is still at a piece then waits
   * for a disk, or for a processor. Row sequentialWrite AES.
   */
  static final int SPINS = 1000;

  /**
   * How long such a caller sleeps at most, in nanoseconds. It is woken; this only bounds what a
   * lost wake-up would cost, so no row shows it.
   */
  static final long SLEEP_NANOS = 1_000_000;

  // Encryption: CryptDevice.

  /**
   * The length of a buffer in bytes, of which each worker has a piece: seven companions and the
   * caller. Rows sequentialRead AES, sequentialWrite AES.
   */
  static final int BUFFER = 1 << 19;

  /** The most buffers, 32 MiB: more requests at once than that wait for each other. No row. */
  static final int MOST_BUFFERS = 64;

  /**
   * Bytes that one lock of an encrypted device covers: a caller without companions takes one at a
   * time. Only writes of parts of data units exclude others there. Row sequentialWrite AES, two
   * threads.
   */
  static final int CRYPT_REGION = 1 << 18;

  /**
   * How many such locks there are: many more than threads, so that they seldom meet. Row as before.
   */
  static final int CRYPT_REGIONS = 64;

  // Closing any device: AbstractBlockDevice.

  /**
   * Memory that must be there before a device is closed, in bytes: more than closing itself takes.
   * No row; AllocationFailuresTest shows it.
   */
  static final int CLOSE_RESERVE = 1 << 12;

  // Snapshots and memory.

  /** What a snapshot copies at a time, in bytes: the page of caches and of most hosts. No row. */
  static final int SNAPSHOT_CHUNK = 4096;

  /** Locks of a snapshot's chunks: many more than threads. No row. */
  static final int SNAPSHOT_STRIPES = 64;

  /** What a device in memory takes at a time, in bytes: as a snapshot's chunk. No row. */
  static final int MEMORY_PAGE = 4096;

  private Tuning() {}
}
