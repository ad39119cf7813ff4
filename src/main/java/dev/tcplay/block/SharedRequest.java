package dev.tcplay.block;

import static dev.tcplay.crypto.DataUnitCipher.DATA_UNIT;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A request that several processors work at, each on a share of its data units.
 *
 * <p>The tasks of the pool only compute, and the caller takes whatever no other thread has begun.
 * So a request ends even if the pool never gets to it, and a thread that waits does so only for one
 * that computes.
 */
final class SharedRequest {

  private final Spread.Transform transform;
  private final long firstUnit;
  private final byte[] source;
  private final int sourceOffset;
  private final byte[] target;
  private final int targetOffset;
  private final int length;
  private final int share;
  private final int shares;
  private final Thread caller = Thread.currentThread();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private volatile @Nullable Throwable failure;

  /**
   * Makes a request of whole data units.
   *
   * @param share bytes that a processor takes at a time, whole data units
   */
  SharedRequest(
      Spread.Transform transform,
      long firstUnit,
      byte[] source,
      int sourceOffset,
      byte[] target,
      int targetOffset,
      int length,
      int share) {
    this.transform = transform;
    this.firstUnit = firstUnit;
    this.source = source;
    this.sourceOffset = sourceOffset;
    this.target = target;
    this.targetOffset = targetOffset;
    this.length = length;
    this.share = share;
    this.shares = (length + share - 1) / share;
  }

  /** Returns once all shares have ended. */
  void run() {
    for (int i = 1; i < shares; i++) {
      ForkJoinPool.commonPool().execute(ForkJoinTask.adapt(this::takeShares));
    }
    takeShares();
    boolean interrupted = false;
    while (ended.get() < shares) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      caller.interrupt();
    }
    if (failure != null) {
      throw new IllegalStateException("a share of a request failed", failure);
    }
  }

  private void takeShares() {
    for (int i = begun.getAndIncrement(); i < shares; i = begun.getAndIncrement()) {
      try {
        int done = i * share;
        transform.run(
            firstUnit + done / DATA_UNIT,
            source,
            sourceOffset + done,
            target,
            targetOffset + done,
            Math.min(share, length - done));
      } catch (RuntimeException | Error e) {
        failure = e;
      }
      if (ended.incrementAndGet() == shares) {
        LockSupport.unpark(caller);
      }
    }
  }
}
