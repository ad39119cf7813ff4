package dev.tcplay.block;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Who had no stack to leave a device by keeps nobody from closing it. */
class OverflowTest {

  @Test
  void aDeviceIsClosedThoughARequestAtTheEndOfItsStackNeverLeft() {
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

  @Test
  void theEndOfTheStackIsAnErrorLikeAnyOther() throws Exception {
    BlockDevice device =
        new ForwardingDevice(new MemoryDevice(1 << 16)) {
          @Override
          protected void doRead(long position, byte[] target, int offset, int length) {
            throw new StackOverflowError();
          }
        };
    assertThrows(StackOverflowError.class, () -> device.read(0, new byte[1], 0, 1));
    device.close();
  }
}
