package dev.tcplay.sync;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Whoever had no stack to leave by keeps nobody from closing what is behind the gate. */
class GateTest {

  @Test
  void closingGoesOnThoughACallAtTheEndOfItsStackNeverLeft() {
    Gate gate = new Gate();
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          gate.enter();
          gate.overflowed = true;
          gate.shut();
          gate.beginClosing();
        });
  }

  @Test
  void aRequestThatTakesLongIsWaitedForWhileNoneHasMetTheEndOfItsStack() throws Exception {
    Gate gate = new Gate();
    AtomicBoolean drained = new AtomicBoolean();
    gate.enter();
    gate.shut();
    Thread closer =
        new Thread(
            () -> {
              gate.beginClosing();
              drained.set(true);
            });
    closer.start();
    closer.join(1500);
    assertFalse(drained.get());
    gate.leave();
    closer.join();
  }
}
