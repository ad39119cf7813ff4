package dev.tcplay.crypto;

import dev.tcplay.crypto.kernel.BlockCipher;
import dev.tcplay.model.CryptoDiagnostics.Direction;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Measures a cipher chain in a mode, in memory: every thread works through requests of its own, all
 * of them with one keyed cipher, as the channels of one volume do.
 *
 * <p>Requests are as small as those of a file system: one long call would be compiled much later.
 */
final class CipherBenchmark implements AutoCloseable {

  /** Bytes in a request: far more than a batch, and few enough to stay in the nearer caches. */
  static final int REQUEST_BYTES = 1 << 16;

  /** A cipher running one way in a mode, which is what the JIT compiles. */
  private record Code(BlockCipher cipher, CipherMode mode, Direction direction) {}

  private final DataUnitCipher cipher;
  private final Direction direction;
  private final Set<Code> code;
  private final int threads;
  private final ExecutorService pool;

  CipherBenchmark(CipherSuite suite, Direction direction, int threads) {
    byte[] keys = new byte[suite.keyBytes()];
    new Random().nextBytes(keys);
    cipher = suite.dataCipher(keys, 0);
    this.direction = direction;
    this.code =
        suite.chain().keyOrder().stream()
            .map(each -> new Code(each, suite.mode(), direction))
            .collect(Collectors.toSet());
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
    return Meter.measure(code, this::run, time);
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
