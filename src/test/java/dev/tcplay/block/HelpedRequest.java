package dev.tcplay.block;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Requests of pieces, and threads that help with them. */
abstract class HelpedRequest {

  static final int PIECE = 1000;
  static final int WORKERS = 3;

  static SharedRequest request(int length, SharedRequest.Work work) {
    return new SharedRequest(length, PIECE, PIECE, WORKERS, work);
  }

  static Thread helper(SharedRequest request, BooleanSupplier goOn) {
    Thread helper = new Thread(() -> request.help(goOn));
    helper.start();
    return helper;
  }

  static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
