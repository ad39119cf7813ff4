package dev.tcplay.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.channels.NonWritableChannelException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class SharedRequestTest {

  private static final int PIECE = 1000;
  private static final int WORKERS = 3;

  private final Random random = new Random(Seeds.of("SharedRequestTest"));

  @Test
  void everyByteIsDoneOnceThoughNobodyHelps() throws IOException {
    for (int length : new int[] {1, PIECE - 1, PIECE, PIECE + 1, 10 * PIECE, 10 * PIECE + 7}) {
      for (int first : new int[] {1, PIECE / 2, PIECE}) {
        int[] next = {0};
        SharedRequest request =
            new SharedRequest(
                length,
                first,
                PIECE,
                WORKERS,
                (done, n, place) -> {
                  assertEquals(next[0], done);
                  assertEquals(Math.min(length - done, done == 0 ? first : PIECE), n);
                  assertEquals(0, place);
                  next[0] += n;
                });
        request.run();
        assertEquals(length, next[0]);
        assertFalse(request.help(() -> true));
      }
    }
  }

  @Test
  void everyByteIsDoneOnceWhoeverHelpsAndEachWorkerHasItsOwnPlace() throws Exception {
    for (int i = 0; i < 300; i++) {
      int length = 1 + random.nextInt(50 * PIECE);
      AtomicIntegerArray times = new AtomicIntegerArray(length);
      AtomicIntegerArray places = new AtomicIntegerArray(WORKERS);
      AtomicBoolean collision = new AtomicBoolean();
      SharedRequest request =
          new SharedRequest(
              length,
              1 + random.nextInt(PIECE),
              PIECE,
              WORKERS,
              (done, n, place) -> {
                int worker = place / PIECE;
                if (places.getAndSet(worker, 1) != 0) {
                  collision.set(true);
                }
                for (int at = done; at < done + n; at++) {
                  times.incrementAndGet(at);
                }
                places.set(worker, 0);
              });
      Thread[] helpers = new Thread[WORKERS + 1];
      for (int h = 0; h < helpers.length; h++) {
        helpers[h] = helper(request, random::nextBoolean);
      }
      request.run();
      for (int at = 0; at < length; at++) {
        assertEquals(1, times.get(at));
      }
      assertFalse(collision.get());
      for (Thread helper : helpers) {
        helper.join();
      }
    }
  }

  @Test
  void theCallerWaitsForWhoIsAtAPiece() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    SharedRequest request =
        request(
            5 * PIECE,
            (done, n, place) -> {
              if (place > 0) {
                begun.countDown();
                await(finish);
                ended.set(true);
              } else if (done == 4 * PIECE) {
                new Thread(
                        () -> {
                          sleep(200);
                          finish.countDown();
                        })
                    .start();
              }
            });
    Thread helper = helper(request, () -> !ended.get());
    await(begun);
    request.run();
    assertTrue(ended.get());
    assertNotEquals(0, request.fastestNanos());
    helper.join();
  }

  @Test
  void aShortFirstPieceTellsThePaceOfAWholeOne() throws IOException {
    for (int length : new int[] {PIECE / 2 - 1, PIECE / 2, 3 * PIECE / 4}) {
      SharedRequest request =
          new SharedRequest(length, length, PIECE, WORKERS, (done, n, place) -> sleep(20));
      long start = System.nanoTime();
      request.run();
      long most = (System.nanoTime() - start) * PIECE / length;
      long wholePiece = TimeUnit.MILLISECONDS.toNanos(19) * PIECE / length; // timers differ
      long fastest = request.fastestNanos();
      assertTrue(length < PIECE / 2 ? fastest == 0 : fastest >= wholePiece, fastest + " ns");
      assertTrue(fastest <= most, fastest + " of " + most + " ns");
    }
  }

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

  @Test
  void aRequestOfAlmostTwoGibibytesIsDoneWhole() throws IOException {
    for (int length : new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE - 511}) {
      long[] next = {0};
      new SharedRequest(
              length,
              1 << 17,
              1 << 18,
              1,
              (begin, n, place) -> {
                assertEquals(next[0], begin);
                next[0] += n;
              })
          .run();
      assertEquals(length, next[0]);
    }
  }

  @Test
  void aPlaceIsGivenBack() {
    SharedRequest request =
        new SharedRequest(
            100 * PIECE, PIECE, PIECE, 2, (begin, n, place) -> assertEquals(PIECE, place));
    for (int i = 0; i < 10; i++) {
      int[] taken = {0};
      assertTrue(request.help(() -> taken[0]++ < 1));
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }

  private static SharedRequest request(int length, SharedRequest.Work work) {
    return new SharedRequest(length, PIECE, PIECE, WORKERS, work);
  }

  private static Thread helper(SharedRequest request, BooleanSupplier goOn) {
    Thread helper = new Thread(() -> request.help(goOn));
    helper.start();
    return helper;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
