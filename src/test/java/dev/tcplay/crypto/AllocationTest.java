package dev.tcplay.crypto;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What requests allocate: a worker is keyed for a few of them, not for each. */
class AllocationTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int LENGTH = 4 * DataUnitCipher.DATA_UNIT;

  /** Suites of all modes; what Bouncy Castle allocates in CAST5 and Triple DES is not ours. */
  static List<CipherSuite> suites() {
    return List.of(
        suite(CipherMode.XTS, "AES"),
        suite(CipherMode.XTS, "Serpent"),
        suite(CipherMode.XTS, "Twofish"),
        suite(CipherMode.XTS, "Camellia"),
        suite(CipherMode.XTS, "Kuznyechik"),
        suite(CipherMode.LRW, "AES-Twofish"),
        suite(CipherMode.LRW, "Blowfish"),
        suite(CipherMode.CBC, "AES-Twofish"),
        suite(CipherMode.CBC, "AES-Blowfish"));
  }

  private static CipherSuite suite(CipherMode mode, String chain) {
    return new CipherSuite(mode, CipherChain.parse(chain));
  }

  private static DataUnitCipher create(CipherSuite suite) {
    return suite.dataCipher(new byte[suite.keyBytes()], 0);
  }

  /** Returns the bytes that the calling thread allocates in so many requests, both directions. */
  private static long allocated(DataUnitCipher cipher, int requests) {
    byte[] data = new byte[LENGTH];
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < requests; i += 2) {
      cipher.encrypt(i, data, 0, data, 0, LENGTH);
      cipher.decrypt(i, data, 0, data, 0, LENGTH);
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  /** Returns the bytes of a keyed cipher with its one worker. */
  private static long workerBytes(CipherSuite suite) {
    create(suite).close(); // loads the classes
    long before = THREADS.getCurrentThreadAllocatedBytes();
    create(suite).close();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  @ParameterizedTest
  @MethodSource("suites")
  void requestsOfOneThreadAllocateNextToNothing(CipherSuite suite) {
    try (DataUnitCipher keyed = create(suite)) {
      allocated(keyed, 2_000);
      long bytes = allocated(keyed, 2_000);
      assertTrue(bytes < workerBytes(suite), bytes + " bytes");
    }
  }

  @Test
  void requestsOfManyThreadsSeldomKeyAWorker() throws InterruptedException, ExecutionException {
    int count = 8 * Runtime.getRuntime().availableProcessors();
    int requests = 2_000;
    CipherSuite suite = suite(CipherMode.XTS, "Twofish");
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try (DataUnitCipher cipher = create(suite)) {
      List<Callable<Long>> callers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        callers.add(() -> allocated(cipher, requests));
      }
      long bytes = 0;
      for (Future<Long> caller : threads.invokeAll(callers)) {
        bytes += caller.get();
      }
      long keyed = bytes / workerBytes(suite);
      assertTrue(keyed < count * requests / 10, keyed + " of " + count * requests + " keyed");
    } finally {
      threads.shutdownNow();
    }
  }
}
