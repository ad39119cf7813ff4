package dev.tcplay.crypto;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.tcplay.crypto.kernel.BlockCipher;
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
import org.junit.jupiter.params.provider.EnumSource;

/** What requests allocate: a worker is keyed for a few of them, not for each. */
class XtsAllocationTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int LENGTH = 4 * DataUnitCipher.DATA_UNIT;

  private static DataUnitCipher create(CipherChain chain) {
    return CipherMode.XTS.dataCipher(chain, new byte[2 * chain.keyBytes()], 0);
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
  private static long workerBytes(CipherChain chain) {
    create(chain).close(); // loads the classes
    long before = THREADS.getCurrentThreadAllocatedBytes();
    create(chain).close();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  @ParameterizedTest
  @EnumSource(names = {"AES", "SERPENT", "TWOFISH", "CAMELLIA", "KUZNYECHIK"})
  void requestsOfOneThreadAllocateNextToNothing(BlockCipher cipher) {
    CipherChain chain = CipherChain.parse(cipher.displayName());
    try (DataUnitCipher keyed = create(chain)) {
      allocated(keyed, 2_000);
      long bytes = allocated(keyed, 2_000);
      assertTrue(bytes < workerBytes(chain), bytes + " bytes");
    }
  }

  @Test
  void requestsOfManyThreadsSeldomKeyAWorker() throws InterruptedException, ExecutionException {
    int count = 8 * Runtime.getRuntime().availableProcessors();
    int requests = 2_000;
    CipherChain chain = CipherChain.parse("Twofish");
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try (DataUnitCipher cipher = create(chain)) {
      List<Callable<Long>> callers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        callers.add(() -> allocated(cipher, requests));
      }
      long bytes = 0;
      for (Future<Long> caller : threads.invokeAll(callers)) {
        bytes += caller.get();
      }
      long keyed = bytes / workerBytes(chain);
      assertTrue(keyed < count * requests / 10, keyed + " of " + count * requests + " keyed");
    } finally {
      threads.shutdownNow();
    }
  }
}
