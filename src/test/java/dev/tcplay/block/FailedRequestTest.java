package dev.tcplay.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.NonWritableChannelException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Failures and interrupts of a request that others help with. */
class FailedRequestTest extends HelpedRequest {

  @Test
  void aFailureIsTheCallersWhoeverHasItAndNothingMoreIsBegun() throws Exception {
    for (boolean mine : new boolean[] {true, false}) {
      IOException failure = new IOException("made up");
      AtomicInteger runs = new AtomicInteger();
      CountDownLatch failed = new CountDownLatch(1);
      SharedRequest request =
          request(
              1000 * PIECE,
              (done, n, place) -> {
                runs.incrementAndGet();
                if (mine == (place == 0)) {
                  failed.countDown();
                  throw failure;
                }
                await(failed);
                sleep(20);
              });
      Thread helper = helper(request, () -> true);
      assertSame(failure, assertThrows(IOException.class, request::run));
      helper.join();
      assertTrue(runs.get() <= 4, runs + " runs");
      assertFalse(request.help(() -> true));
    }
  }

  @Test
  void whatAPieceThrowsIsThrown() {
    for (Throwable thrown :
        new Throwable[] {
          new NonWritableChannelException(), new StackOverflowError(), new IOException("made up")
        }) {
      SharedRequest request = request(3 * PIECE, (begin, n, place) -> sneak(thrown));
      assertSame(thrown, assertThrows(Throwable.class, request::run));
    }
  }

  @Test
  void aProviderThatThrowsWhatItDoesNotDeclareFailsTheRequestOnly() throws Exception {
    InterruptedException thrown = new InterruptedException();
    CountDownLatch failed = new CountDownLatch(1);
    SharedRequest request =
        request(
            1000 * PIECE,
            (begin, n, place) -> {
              if (place == 0) {
                await(failed);
              } else {
                failed.countDown();
                sneak(thrown);
              }
            });
    Thread helper = helper(request, () -> true);
    IOException e = assertThrows(IOException.class, request::run);
    assertSame(thrown, e.getCause());
    helper.join();
  }

  @Test
  void anInterruptOfACompanionIsNotTheCallers() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicInteger bytes = new AtomicInteger();
    SharedRequest request =
        request(
            10 * PIECE,
            (begin, n, place) -> {
              if (place == 0) {
                await(interrupted);
              } else if (interrupted.getCount() > 0) {
                Thread.currentThread().interrupt();
                interrupted.countDown();
              }
              bytes.addAndGet(n);
            });
    Thread helper = helper(request, () -> true);
    request.run();
    helper.join();
    assertEquals(10 * PIECE, bytes.get());
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void anInterruptWhileTheCallerWaitsIsKept() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Thread caller = Thread.currentThread();
    AtomicBoolean ended = new AtomicBoolean();
    SharedRequest request =
        request(
            2 * PIECE,
            (begin, n, place) -> {
              if (place == 0) {
                while (begun.getCount() > 0) {
                  Thread.onSpinWait();
                }
              } else {
                begun.countDown();
                caller.interrupt();
                sleep(20);
                ended.set(true);
              }
            });
    Thread helper = helper(request, () -> !ended.get());
    request.run();
    assertTrue(ended.get());
    assertTrue(Thread.interrupted());
    helper.join();
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
