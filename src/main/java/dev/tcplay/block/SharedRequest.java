package dev.tcplay.block;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A request in pieces that its caller and companions work at, each at a piece of its own. Everyone
 * takes what nobody has begun, so that a request ends even if nobody ever helps, and the caller
 * waits only for who is at a piece.
 */
final class SharedRequest {

  /** Looks before the caller sleeps: whoever is at a piece waits for a disk, or for a processor. */
  private static final int SPINS = 1000;

  private static final long SLEEP_NANOS = 50_000;

  /** Does the work of one piece. */
  interface Work {

    /**
     * Does a piece.
     *
     * @param done where it begins in the request
     * @param length its length in bytes
     * @param worker who does it: 0 is the caller
     */
    void run(int done, int length, int worker) throws IOException;
  }

  private final int length;
  private final int piece;
  private final int pieces;
  private final int mostWorkers;
  private final Work work;
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger workers = new AtomicInteger(1);
  private final AtomicInteger working = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private long fastest = Long.MAX_VALUE;
  private long waited;

  /**
   * Makes a request that nobody has begun.
   *
   * @param length in bytes, at least 1
   * @param piece bytes that a worker takes at a time
   * @param mostWorkers how many workers there may be, the caller included
   */
  SharedRequest(int length, int piece, int mostWorkers, Work work) {
    this.length = length;
    this.piece = piece;
    this.pieces = (length + piece - 1) / piece;
    this.mostWorkers = mostWorkers;
    this.work = work;
  }

  /**
   * Works until all is done.
   *
   * @throws IOException if a piece failed so; others may have been done or not
   */
  void run() throws IOException {
    takePieces(0, () -> true);
    long start = System.nanoTime();
    for (int spins = 0; working.get() > 0; spins++) {
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(this, SLEEP_NANOS);
      }
    }
    waited = System.nanoTime() - start;
    Throwable cause = failure.get();
    if (cause instanceof IOException e) {
      throw e;
    } else if (cause != null) {
      throw new IllegalStateException("a piece of a request failed", cause);
    }
  }

  /** Returns the nanoseconds of the caller's fastest whole piece, 0 if it did none. */
  long fastestNanos() {
    return fastest == Long.MAX_VALUE ? 0 : fastest;
  }

  /** Returns the nanoseconds that the caller waited when it found nothing more to begin. */
  long waitedNanos() {
    return waited;
  }

  /** Works as a companion while there are pieces to begin; tells whether there were any. */
  boolean help(BooleanSupplier goOn) {
    if (begun.get() >= pieces) {
      return false;
    }
    // Whoever is counted here before the last piece is begun is waited for; others find none.
    working.incrementAndGet();
    int worker = workers.getAndIncrement();
    boolean helps = worker < mostWorkers;
    if (helps) {
      takePieces(worker, goOn);
    }
    working.decrementAndGet();
    return helps;
  }

  private void takePieces(int worker, BooleanSupplier goOn) {
    while (goOn.getAsBoolean()) {
      int number = begun.get() < pieces ? begun.getAndIncrement() : pieces;
      if (number >= pieces) {
        return;
      }
      int done = number * piece;
      int n = Math.min(piece, length - done);
      long start = System.nanoTime();
      try {
        work.run(done, n, worker);
      } catch (IOException | RuntimeException | Error e) {
        failure.compareAndSet(null, e);
        begun.set(pieces);
      }
      if (worker == 0 && n == piece) {
        fastest = Math.min(fastest, System.nanoTime() - start);
      }
    }
  }
}
