package dev.tcplay.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Passwords that are made, and those that are guessed. */
class PasswordsTest {

  @Test
  void aRandomPasswordIsLongAndNeverTheSame() {
    String one = new String(Passwords.random());
    assertTrue(one.matches("[a-z2-9]{24}"), one);
    assertNotEquals(one, new String(Passwords.random()));
  }

  @Test
  void afterTwentyGuessesNoneCountsUntilTheMinuteIsOver() throws Exception {
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    GuessLimit limit = new GuessLimit(now::get);
    InetAddress guesser = InetAddress.getByName("192.0.2.1");
    assertEquals(20, guesses(limit, guesser));
    now.addAndGet(59_999_999_999L);
    assertEquals(0, guesses(limit, guesser));
    now.incrementAndGet();
    assertEquals(20, guesses(limit, guesser));
  }

  @Test
  void whoGuessesKeepsNobodyOutWhoIsElsewhereOrKnowsIt() throws Exception {
    GuessLimit limit = new GuessLimit();
    InetAddress guesser = InetAddress.getByName("2001:db8::1");
    InetAddress neighbour = InetAddress.getByName("2001:db8::2:0:0:1");
    InetAddress other = InetAddress.getByName("2001:db8:0:1::1");
    for (int i = 0; i < 100; i++) {
      assertTrue(limit.mayGuess(guesser));
      limit.wasRight(guesser);
    }
    assertEquals(20, guesses(limit, guesser));
    assertFalse(limit.mayGuess(neighbour), "it is the guesser's own network");
    assertTrue(limit.mayGuess(other));
    assertTrue(limit.mayGuess(InetAddress.getByName("192.0.2.1")));
  }

  @Test
  void guessersFromEverywhereTakeNoMoreMemory() throws Exception {
    GuessLimit limit = new GuessLimit();
    InetAddress first = InetAddress.getByName("192.0.2.1");
    assertEquals(20, guesses(limit, first));
    for (int i = 0; i < 1_000; i++) {
      byte[] address = {10, 0, (byte) (i >> 8), (byte) i};
      assertTrue(limit.mayGuess(InetAddress.getByAddress(address)));
    }
    assertTrue(limit.mayGuess(first), "the oldest one is forgotten");
  }

  private static int guesses(GuessLimit limit, InetAddress from) {
    int count = 0;
    while (limit.mayGuess(from)) {
      count++;
    }
    return count;
  }
}
