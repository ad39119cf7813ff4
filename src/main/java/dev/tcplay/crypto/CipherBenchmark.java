package dev.tcplay.crypto;

import dev.tcplay.CryptoDiagnostics.Direction;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Measures a cipher chain in memory: every thread works through requests of its own, all of them
 * with one keyed cipher, as the channels of one volume do.
 *
 * <p>The result is that of code which the JIT has compiled: first come slices of a tenth of the
 * time, until they have taken the whole time and the last three were no longer faster than the best
 * before them; where they keep getting faster, it ends after three times the time. Requests are as
 * small as those of a file system, since one long call would be compiled much later.
 */
final class CipherBenchmark implements AutoCloseable {

  /** Bytes in a request: far more than a batch, and few enough to stay in the nearer caches. */
  static final int REQUEST_BYTES = 1 << 16;

  private static final int SLICES = 10;
  private static final long LEAST_SLICE_NANOS = 10_000_000;
  private static final int STEADY_SLICES = 3;
  private static final double FASTER = 1.02;

  private final DataUnitCipher cipher;
  private final Direction direction;
  private final int threads;
  private final ExecutorService pool;

  CipherBenchmark(CipherChain chain, Direction direction, int threads) {
    byte[] keys = new byte[2 * chain.keyBytes()];
    new Random().nextBytes(keys);
    cipher = Xts.create(chain, keys, 0);
    this.direction = direction;
    this.threads = threads;
    pool = Executors.newFixedThreadPool(threads, CipherBenchmark::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "tcplay-benchmark");
    thread.setDaemon(true);
    return thread;
  }

  /** Warms up, measures for a time, and returns bytes per second, all threads together. */
  double measure(Duration time) throws InterruptedException {
    warmUp(time.toNanos());
    return run(time.toNanos());
  }

  private void warmUp(long nanos) throws InterruptedException {
    long slice = Math.max(LEAST_SLICE_NANOS, nanos / SLICES);
    double best = 0;
    int steady = 0;
    for (int i = 0; i < 3 * SLICES && (i < SLICES || steady < STEADY_SLICES); i++) {
      double speed = run(slice);
      steady = speed > FASTER * best ? 0 : steady + 1;
      best = Math.max(best, speed);
    }
  }

  private double run(long nanos) throws InterruptedException {
    List<Callable<Double>> work = Collections.nCopies(threads, () -> work(nanos));
    double speed = 0;
    for (Future<Double> part : pool.invokeAll(work)) {
      try {
        speed += part.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("benchmark failed", e.getCause());
      }
    }
    return speed;
  }

  /** Returns bytes per second of one thread; an interrupt ends it early. */
  private double work(long nanos) {
    byte[] data = new byte[REQUEST_BYTES];
    long unit = 0;
    long start = System.nanoTime();
    long elapsed;
    do {
      if (direction == Direction.ENCRYPT) {
        cipher.encrypt(unit, data, 0, data, 0, REQUEST_BYTES);
      } else {
        cipher.decrypt(unit, data, 0, data, 0, REQUEST_BYTES);
      }
      unit += REQUEST_BYTES / DataUnitCipher.DATA_UNIT;
      elapsed = System.nanoTime() - start;
    } while (elapsed < nanos && !Thread.currentThread().isInterrupted());
    return unit * DataUnitCipher.DATA_UNIT * 1e9 / elapsed;
  }

  /** Ends the threads, which takes no longer than a request, then closes the cipher. */
  @Override
  public void close() {
    pool.shutdownNow();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = pool.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    cipher.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
