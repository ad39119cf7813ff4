package dev.tcplay.crypto.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which of the two ways gets the work, by a clock that only they move. */
final class Sha2HmacTest {

  private static final int ROUNDS = 1000;

  private final AtomicInteger leads = new AtomicInteger();
  private long now;

  @Test
  void thePlatformGetsLittleWhileItIsSlower() {
    Way platform = new Way(3);
    Way words = new Way(2);
    Sha2Hmac hmac = new Sha2Hmac(platform, words, leads, () -> now);
    for (int i = 0; i < Sha2Hmac.PROOFS + 2; i++) {
      assertShares(hmac, words, platform);
    }
    assertEquals(0, leads.get());
  }

  @Test
  void thePlatformGetsMostOnceItLeads() {
    Way platform = new Way(2);
    Way words = new Way(3);
    Sha2Hmac hmac = new Sha2Hmac(platform, words, leads, () -> now);
    assertShares(hmac, words, platform);
    assertEquals(1, leads.get());
    assertShares(hmac, platform, words);
  }

  @Test
  void thePlatformIsAloneAfterItHasLedForLongInOtherDerivationsToo() {
    Way platform = new Way(2);
    Way words = new Way(3);
    for (int i = 0; i < Sha2Hmac.PROOFS; i++) {
      new Sha2Hmac(platform, words, leads, () -> now).iterate(new byte[64], new byte[64], ROUNDS);
    }
    platform.rounds = 0;
    words.rounds = 0;
    new Sha2Hmac(platform, words, leads, () -> now).iterate(new byte[64], new byte[64], ROUNDS);
    assertEquals(ROUNDS, platform.rounds);
    assertEquals(0, words.rounds);
  }

  @Test
  void aCallTooShortToShareProvesNothing() {
    leads.set(1);
    new Sha2Hmac(new Way(2), new Way(3), leads, () -> now).iterate(new byte[64], new byte[64], 2);
    assertEquals(1, leads.get());
  }

  private static void assertShares(Sha2Hmac hmac, Way more, Way less) {
    more.rounds = 0;
    less.rounds = 0;
    hmac.iterate(new byte[64], new byte[64], ROUNDS);
    assertEquals(ROUNDS, more.rounds + less.rounds);
    assertTrue(less.rounds > 0 && less.rounds <= ROUNDS / 3, () -> "rounds: " + less.rounds);
  }

  /** Counts rounds, each of which takes so long. */
  private final class Way implements HmacKernel {

    private final int nanos;
    private int rounds;

    Way(int nanos) {
      this.nanos = nanos;
    }

    @Override
    public void iterate(byte[] u, byte[] sum, int count) {
      rounds += count;
      now += (long) count * nanos;
    }

    @Override
    public void mac(byte[] message, byte[] target) {
      throw new AssertionError("not called here");
    }

    @Override
    public void wipe() {
      throw new AssertionError("not called here");
    }
  }
}
