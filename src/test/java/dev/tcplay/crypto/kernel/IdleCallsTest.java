package dev.tcplay.crypto.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** How many calls over nothing go beside the first calls of a kernel. */
class IdleCallsTest {

  /** HotSpot compiles no method for its calls before these, and does so soon after. */
  private static final int CALLS_OF_COMPILED = 600;

  /** It looks for the first time after 8,192 rounds, then after as many more; the fifth is late. */
  private static final int ROUNDS_OF_COMPILED = 4 * 8192;

  @Test
  void callsAreManyBeforeALoopHasGoneRoundOften() {
    for (int rounds : new int[] {1, 8, 32, 72, 128, 192, 500, 1024, 2304}) {
      IdleCalls idle = new IdleCalls();
      int calls = 0;
      int sum = 0;
      while (calls < CALLS_OF_COMPILED) {
        calls += idle.before(rounds) + 1;
        sum += rounds;
      }
      assertTrue(sum < ROUNDS_OF_COMPILED, rounds + " rounds a call: " + sum);
    }
  }

  @Test
  void theFirstCallsAreNeverAlone() {
    assertTrue(new IdleCalls().before(0) > 0);
  }

  @Test
  void whoHasCalledOftenIsLeftAlone() {
    IdleCalls idle = new IdleCalls();
    int calls = 0;
    for (int i = 0; i < 10_000; i++) {
      calls += idle.before(1024);
    }
    assertEquals(0, idle.before(1024));
    assertTrue(calls >= IdleCalls.MOST);
  }
}
