package dev.tcplay.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** Every byte of a request is done once, whoever helps. */
class SharedRequestTest extends HelpedRequest {

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
}
