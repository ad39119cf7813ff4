package dev.tcplay.block;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads that help with the requests of a device.
 *
 * <p>While another processor wakes, a fast cipher is done. So a companion is called if the work is
 * worth it, or if the caller was here a moment ago: a caller that goes on reading or writing will
 * be back, and a companion waits for that moment. How many bytes are worth it depends on the chain,
 * on the processor, and on how far the virtual machine has compiled the kernels, so it is measured.
 * Measurements only ever tell that the cipher is faster than was thought: whatever disturbs one
 * makes it slower.
 *
 * <p>A companion is called only if there is a processor that neither a caller nor a companion has,
 * as far as they know of each other: one that is not given time holds up its caller.
 */
final class Companions {

  /** Callers and companions of all devices. */
  private static final AtomicInteger BUSY = new AtomicInteger();

  private static final ThreadPoolExecutor POOL =
      new ThreadPoolExecutor(
          0,
          Runtime.getRuntime().availableProcessors(),
          Tuning.COMPANION_IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Companions::thread);

  private final int processors;
  private final LongSupplier nanoTime;
  private final AtomicReference<@Nullable SharedRequest> current = new AtomicReference<>();
  private final AtomicInteger invited = new AtomicInteger();
  private final BooleanSupplier hasProcessor;
  private volatile int worthBytes = Tuning.SMALLEST_SHARE;
  private volatile long lastEnd;

  Companions() {
    this(Runtime.getRuntime().availableProcessors(), System::nanoTime);
  }

  /**
   * Knows of no request yet.
   *
   * @param processors the most callers and companions
   * @param nanoTime what tells the time
   */
  Companions(int processors, LongSupplier nanoTime) {
    this.processors = processors;
    this.nanoTime = nanoTime;
    hasProcessor = () -> BUSY.get() <= processors;
    lastEnd = nanoTime.getAsLong() - Tuning.LINGER_NANOS;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(null, task, "tcplay-companion", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }

  /**
   * Does a request, in pieces together with companions if there are to be any.
   *
   * @param length of the request, in bytes, at least 1
   * @param room what all workers have room for together: the buffer's length, in bytes
   * @param inTurns whether the second half of the work is done by one worker at a time, as hosts
   *     write to a file: the first piece is then half as long, so that two workers do not come to
   *     it at once
   */
  void run(int length, int room, boolean inTurns, SharedRequest.Work work) throws IOException {
    int free = processors - BUSY.incrementAndGet();
    try {
      int piece = length < 4 * Tuning.PIECE ? Tuning.SMALL_PIECE : Tuning.PIECE;
      int most = Math.min(room / piece - 1, free + invited.get());
      int companions = Math.min(most, wanted(length));
      if (companions > 0) {
        int first = inTurns ? piece / 2 : piece;
        run(new SharedRequest(length, first, piece, room / piece, work), piece, companions);
      } else {
        int alone = Math.min(Tuning.ALONE_PIECE, room);
        run(new SharedRequest(length, alone, alone, 1, work), alone, 0);
      }
    } finally {
      BUSY.decrementAndGet();
      lastEnd = nanoTime.getAsLong();
    }
  }

  private void run(SharedRequest request, int piece, int companions) throws IOException {
    try {
      if (companions > 0) {
        current.set(request);
        invite(companions - invited.get());
      }
      request.run();
    } finally {
      current.compareAndSet(request, null);
    }
    learn(piece, request.fastestNanos());
  }

  /** Returns how many companions a request is worth now, if there are so many. */
  int wanted(int length) {
    boolean isBack = nanoTime.getAsLong() - lastEnd < Tuning.LINGER_NANOS;
    return Math.max(length / worthBytes - 1, isBack ? 1 : 0);
  }

  /**
   * Takes note of how a request went. Two threads may undo what the other has just learnt; the next
   * request teaches it again.
   *
   * @param piece bytes of a piece
   * @param fastest nanoseconds of a whole piece at the caller's best pace, 0 if that is not known
   */
  void learn(int piece, long fastest) {
    if (fastest == 0) {
      return;
    }
    long worth = piece * Tuning.WORTH_NANOS / fastest;
    if (worth > worthBytes) {
      worthBytes = (int) Math.min(Integer.MAX_VALUE, worth);
    }
  }

  /** Calls more companions, as far as there are threads for them. */
  private void invite(int more) {
    for (int i = 0; i < more; i++) {
      invited.incrementAndGet();
      try {
        POOL.execute(this::help);
      } catch (RejectedExecutionException | OutOfMemoryError e) { // the latter: no more threads
        invited.decrementAndGet();
        return;
      }
    }
  }

  private void help() {
    BUSY.incrementAndGet();
    try {
      long lastWork = nanoTime.getAsLong();
      while (hasProcessor.getAsBoolean()) {
        SharedRequest request = current.get();
        if (request != null && request.help(hasProcessor)) {
          lastWork = nanoTime.getAsLong();
        } else if (nanoTime.getAsLong() - lastWork < Tuning.LINGER_NANOS) {
          Thread.onSpinWait();
        } else {
          return;
        }
      }
    } finally {
      BUSY.decrementAndGet();
      invited.decrementAndGet();
    }
  }
}
