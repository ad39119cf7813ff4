package dev.tcplay.block;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A request in pieces that its caller and companions work at, each at a piece of its own. Each
 * thread takes a piece that no other has begun. So a request ends even if no companion ever helps,
 * and the caller waits only for companions that are still working on a piece.
 */
final class SharedRequest {

  /** Does the work of one piece. */
  interface Work {

    /**
     * Does a piece.
     *
     * @param begin where it begins in the request
     * @param length its length in bytes
     * @param place where the worker's own part of the buffer begins
     */
    void run(int begin, int length, int place) throws IOException;
  }

  private final int length;
  private final int first;
  private final int piece;
  private final int pieces;
  private final int mostWorkers;
  private final Work work;
  private final Thread caller = Thread.currentThread();
  private final AtomicInteger begun = new AtomicInteger();

  /** A bit for every companion at work; bit 0, the caller's, is never set. */
  private final AtomicInteger working = new AtomicInteger();

  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private long fastest = Long.MAX_VALUE;

  /**
   * Makes a request that nobody has begun, for the thread that is to run it.
   *
   * @param length in bytes, at least 1
   * @param first bytes of the first piece, at most those of others
   * @param piece bytes of the pieces that follow, and of each worker's part of the buffer
   * @param mostWorkers how many workers there may be, the caller included, 1 to 31
   */
  SharedRequest(int length, int first, int piece, int mostWorkers, Work work) {
    this.length = length;
    this.first = first;
    this.piece = piece;
    this.pieces = length <= first ? 1 : (length - first - 1) / piece + 2;
    this.mostWorkers = mostWorkers;
    this.work = work;
  }

  /**
   * Works until all is done. What a piece throws is thrown, the caller's own before a companion's;
   * then other pieces may have been done or not.
   */
  void run() throws IOException {
    takePieces(0, () -> true);
    awaitCompanions();
    Throwable cause = failure.get();
    if (cause instanceof IOException e) {
      throw e;
    } else if (cause instanceof RuntimeException e) {
      throw e;
    } else if (cause instanceof Error e) {
      throw e;
    } else if (cause != null) {
      throw new IOException("a piece of a request failed", cause);
    }
  }

  private void awaitCompanions() {
    boolean interrupted = false;
    for (int spins = 0; working.get() != 0; spins++) {
      if (spins < Tuning.SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(this, Tuning.SLEEP_NANOS);
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      caller.interrupt();
    }
  }

  /**
   * Returns the nanoseconds of a whole piece at the caller's best pace, 0 if it did nothing that is
   * half as long.
   */
  long fastestNanos() {
    return fastest == Long.MAX_VALUE ? 0 : fastest;
  }

  /**
   * Works as a companion while there are pieces to begin, and as long as it is told to go on.
   *
   * @return whether there were pieces to begin, and a place for one more worker
   */
  boolean help(BooleanSupplier goOn) {
    int worker = begun.get() < pieces ? enter() : 0;
    if (worker == 0) {
      return false;
    }
    try {
      takePieces(worker, goOn);
    } finally {
      if (working.addAndGet(-(1 << worker)) == 0) {
        LockSupport.unpark(caller);
      }
    }
    return true;
  }

  /**
   * Takes a place and returns its number, 0 if there is none. Whoever has one before the last piece
   * is begun is waited for; others find none to begin.
   */
  private int enter() {
    while (true) {
      int places = working.get();
      int worker = Integer.numberOfTrailingZeros(~(places | 1));
      if (worker >= mostWorkers) {
        return 0;
      }
      if (working.compareAndSet(places, places | 1 << worker)) {
        return worker;
      }
    }
  }

  private void takePieces(int worker, BooleanSupplier goOn) {
    while (goOn.getAsBoolean()) {
      int number = begun.get() < pieces ? begun.getAndIncrement() : pieces;
      if (number >= pieces) {
        return;
      }
      try {
        if (worker == 0) {
          takeOwn(number);
        } else {
          take(number, worker);
        }
      } catch (Throwable e) { // even what a host's provider throws without saying so
        if (worker == 0) {
          failure.set(e);
        } else {
          failure.compareAndSet(null, e);
        }
        begun.set(pieces);
      }
    }
  }

  private void takeOwn(int number) throws IOException {
    long start = System.nanoTime();
    int taken = take(number, 0);
    if (taken >= piece / 2) {
      fastest = Math.min(fastest, (System.nanoTime() - start) * piece / taken);
    }
  }

  /** Does a piece and returns its length. */
  private int take(int number, int worker) throws IOException {
    int begin = number == 0 ? 0 : first + (number - 1) * piece;
    int n = Math.min(number == 0 ? first : piece, length - begin);
    work.run(begin, n, worker * piece);
    return n;
  }
}
