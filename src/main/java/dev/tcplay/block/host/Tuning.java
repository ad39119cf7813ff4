package dev.tcplay.block.host;

/**
 * The tuned numbers of files of the host: why each is what it is, and what shows whether it still
 * should be. A row is a method of {@code BlockBenchmark}, with the value of {@code layers} behind
 * it; docs/performance.md says how to run it.
 */
final class Tuning {

  /**
   * What is handed to a channel at a time, in bytes: the JDK keeps as much memory outside of the
   * heap for each thread. Rows sequentialRead FILE, sequentialWrite FILE.
   */
  static final int CHUNK = 1 << 18;

  /**
   * How often locks are taken anew: a lock that was lost is missing for so long at most, and each
   * turn costs some calls of the system for each file. No row; HostLockRenewalTest shows it.
   */
  static final long LOCK_INTERVAL_SECONDS = 1;

  /**
   * How often a byte of the lock is tried that another process may have for the moment in which it
   * is refused: a quarter of a second with the pauses between. No row; HostLockRenewalTest shows
   * it.
   */
  static final int LOCK_ATTEMPTS = 50;

  /** The pause between two such attempts, in nanoseconds. */
  static final long LOCK_PAUSE_NANOS = 5_000_000;

  private Tuning() {}
}
