package dev.tcplay.fs.cluster;

import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.StampedLock;

/**
 * The lock of the contents of one open file. Those who write inside of what is there share it, and
 * whoever changes the size has it alone. Those who read take none, so that they do not slow each
 * other down; if the size changed meanwhile, they read again and share it.
 */
public final class ContentsLock {

  /** Reads, and may see what another thread is changing. */
  public interface Reading {

    /** Returns how many bytes were read. */
    int read() throws IOException;
  }

  private final StampedLock lock = new StampedLock();
  private final Lock shared = lock.asReadLock();
  private final Lock alone = lock.asWriteLock();

  /** Makes a lock that nobody has. */
  public ContentsLock() {}

  /** Returns the lock of those who change nothing that is known of the file. */
  public Lock shared() {
    return shared;
  }

  /** Returns the lock of who changes what is known of the file. */
  public Lock alone() {
    return alone;
  }

  /** Reads what is so at one moment. */
  public int read(Reading reading) throws IOException {
    long stamp = lock.tryOptimisticRead();
    if (stamp != 0) {
      try {
        int read = reading.read();
        if (lock.validate(stamp)) {
          return read;
        }
      } catch (IOException | RuntimeException e) {
        // What another thread was changing meanwhile may look damaged.
        if (lock.validate(stamp)) {
          throw e;
        }
      }
    }
    shared.lock();
    try {
      return reading.read();
    } finally {
      shared.unlock();
    }
  }
}
