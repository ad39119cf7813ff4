package dev.tcplay.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.crypto.DataUnitCipher;
import dev.tcplay.testing.Seeds;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Requests over a cipher whose speed is made up, on a clock that only the cipher moves. */
class SpreadTest {

  private static final int LENGTH = 1 << 18;
  private static final int PROCESSORS = 4;
  private static final int FIRST_UNIT = 77;

  private final AtomicLong clock = new AtomicLong();
  private final AtomicInteger calls = new AtomicInteger();
  private volatile long nanosPerUnit;

  private final Spread spread = new Spread(new MeteredCipher(), PROCESSORS, clock::get);
  private final byte[] source = new byte[LENGTH];
  private final byte[] target = new byte[LENGTH];

  /** Counts its calls and moves the clock. */
  private final class MeteredCipher implements DataUnitCipher {

    private final ToyCipher cipher = new ToyCipher();

    @Override
    public void encrypt(long unit, byte[] from, int fromOffset, byte[] to, int toOffset, int n) {
      calls.incrementAndGet();
      cipher.encrypt(unit, from, fromOffset, to, toOffset, n);
      clock.addAndGet(n / DATA_UNIT * nanosPerUnit);
    }

    @Override
    public void decrypt(long unit, byte[] from, int fromOffset, byte[] to, int toOffset, int n) {
      encrypt(unit, from, fromOffset, to, toOffset, n);
    }

    @Override
    public void close() {}
  }

  private int callsOf(int length) {
    calls.set(0);
    spread.encrypt(FIRST_UNIT, source, 0, target, 0, length);
    return calls.get();
  }

  @Test
  void aFastCipherRunsInTheCallerOnceItIsKnownToBeFast() {
    nanosPerUnit = 10;
    assertEquals(PROCESSORS, callsOf(LENGTH));
    assertEquals(1, callsOf(LENGTH));
    calls.set(0);
    spread.decrypt(FIRST_UNIT, source, 0, target, 0, LENGTH);
    assertEquals(1, calls.get());
  }

  @Test
  void aSlowCipherGoesOnToBeSpread() {
    nanosPerUnit = 5_000;
    for (int i = 0; i < 20; i++) {
      assertEquals(PROCESSORS, callsOf(LENGTH));
    }
  }

  @Test
  void aShareIsWorthATenthOfAMillisecond() {
    nanosPerUnit = 1_000;
    // Too short to be spread before anything is known, long enough to be measured.
    assertEquals(1, callsOf(20_480));
    assertEquals(1, callsOf(199 * 512));
    assertEquals(2, callsOf(200 * 512));
    assertEquals(3, callsOf(300 * 512));
  }

  @Test
  void aDisturbedMeasurementIsNotBelieved() {
    nanosPerUnit = 10;
    callsOf(LENGTH);
    nanosPerUnit = 100_000;
    callsOf(LENGTH);
    assertEquals(1, callsOf(LENGTH));
  }

  @Test
  void aSpreadRequestEqualsOneThatIsNot() {
    Random random = new Random(Seeds.of("aSpreadRequestEqualsOneThatIsNot"));
    nanosPerUnit = 100_000;
    random.nextBytes(source);
    for (int i = 0; i < 200; i++) {
      int units = 1 + random.nextInt(500);
      int from = random.nextInt(LENGTH - units * 512);
      int to = random.nextInt(LENGTH - units * 512);
      random.nextBytes(target);
      byte[] expected = target.clone();
      new ToyCipher().encrypt(i, source, from, expected, to, units * 512);
      calls.set(0);
      spread.decrypt(i, source, from, target, to, units * 512);
      assertArrayEquals(expected, target);
      assertTrue(calls.get() == Math.max(1, Math.min(PROCESSORS, units / 32)), units + " units");
    }
  }
}
