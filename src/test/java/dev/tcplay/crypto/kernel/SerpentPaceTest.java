package dev.tcplay.crypto.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Over how many lanes Serpent's loops run. */
class SerpentPaceTest {

  private static final int MOST = 1024;

  @Test
  void interpretedCallsRunOverWhatIsAskedFor() {
    assertEquals(1, new SerpentPace().padded(1));
  }

  @Test
  void callsThatTheMachineCountsAreNeverShort() {
    SerpentPace pace = new SerpentPace();
    for (int call = 0; call < SerpentPace.COUNTED_CALLS; call++) {
      int padded = pace.padded(1 + call % 300);
      assertTrue(
          call < IdleCalls.INTERPRETED_CALLS || padded >= SerpentPace.MIN_COUNTED_LANES,
          "call " + call + ": " + padded);
    }
    assertEquals(1, pace.padded(1));
  }

  @Test
  void noCallRunsOverFewerLanesThanAskedForOrMoreThanThereAre() {
    SerpentPace pace = new SerpentPace();
    for (int call = 0; call < SerpentPace.COUNTED_CALLS + MOST; call++) {
      int lanes = 1 + call % MOST;
      int padded = pace.padded(lanes);
      assertTrue(lanes <= padded && padded <= MOST, lanes + " lanes: " + padded);
    }
  }
}
