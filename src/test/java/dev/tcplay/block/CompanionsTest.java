package dev.tcplay.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How many companions a request is worth, on a clock that the test moves. */
class CompanionsTest {

  private static final int PIECE = 1 << 15;
  private static final int MEBIBYTE = 1 << 20;
  private static final int MICRO = 1000;
  private static final int MILLI = 1000 * MICRO;

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - MILLI);
  private final Companions companions = new Companions(4, clock::get);

  private void request() throws IOException {
    companions.run(1, 1, false, (begin, n, place) -> {});
  }

  @Test
  void aSlowCipherIsWorthThemFromTheStart() {
    assertEquals(63, companions.wanted(MEBIBYTE));
    companions.learn(PIECE, 200 * MICRO);
    assertEquals(63, companions.wanted(MEBIBYTE));
    assertEquals(1, companions.wanted(PIECE));
  }

  @Test
  void aFastCipherIsNotOnceItIsKnownToBeFast() {
    companions.learn(PIECE, 5 * MICRO);
    assertEquals(0, companions.wanted(MEBIBYTE));
    assertEquals(5, companions.wanted(4 * MEBIBYTE));
  }

  @Test
  void whoWasHereAMomentAgoGetsOne() throws IOException {
    companions.learn(PIECE, 5 * MICRO);
    request();
    clock.addAndGet(49 * MICRO);
    assertEquals(1, companions.wanted(MEBIBYTE));
    clock.addAndGet(MICRO);
    assertEquals(0, companions.wanted(MEBIBYTE));
  }

  @Test
  void aDisturbedMeasurementIsNotBelieved() {
    companions.learn(PIECE, 5 * MICRO);
    companions.learn(PIECE, 50 * MILLI);
    companions.learn(PIECE, 0);
    assertEquals(0, companions.wanted(MEBIBYTE));
  }

  @Test
  void aRequestThatIsWorthItIsWorkedAtByCompanions() throws IOException {
    Companions real = new Companions(4, System::nanoTime);
    Set<String> threads = ConcurrentHashMap.newKeySet();
    long end = System.nanoTime() + 30_000L * MILLI;
    while (threads.size() < 2 && System.nanoTime() < end) {
      real.run(
          MEBIBYTE,
          16 * PIECE,
          true,
          (begin, n, place) -> {
            threads.add(Thread.currentThread().getName());
            long until = System.nanoTime() + 200 * MICRO;
            while (System.nanoTime() < until) {
              Thread.onSpinWait();
            }
          });
    }
    assertTrue(threads.contains("tcplay-companion"), threads.toString());
  }
}
