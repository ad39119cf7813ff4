package dev.tcplay.fs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class ChangeGuardTest {

  private final ChangeGuard guard = new ChangeGuard();

  @Test
  void whatRefusesACallBreaksNothing() {
    for (Exception refusal :
        List.of(
            new IOException("full"),
            new InvalidPathException("a?", "no '?'"),
            new ReadOnlyFileSystemException())) {
      Exception thrown = assertThrows(refusal.getClass(), () -> guard.run(() -> throwAny(refusal)));
      assertEquals(refusal, thrown);
      assertFalse(guard.isBroken());
    }
  }

  @Test
  void whatNobodyExpectsBreaksTheVolume() {
    for (Throwable unexpected :
        List.of(
            new OutOfMemoryError(),
            new StackOverflowError(),
            new IllegalArgumentException("Self-suppression not permitted"))) {
      ChangeGuard fresh = new ChangeGuard();
      assertThrows(unexpected.getClass(), () -> fresh.run(() -> throwAny(unexpected)));
      assertTrue(fresh.isBroken());
    }
  }

  @Test
  void theVolumeIsBrokenBeforeALockIsGivenBack() {
    AtomicBoolean brokenAtUnlock = new AtomicBoolean();
    ReentrantLock lock =
        new ReentrantLock() {
          @Override
          public void unlock() {
            brokenAtUnlock.set(guard.isBroken());
            super.unlock();
          }
        };
    assertThrows(
        StackOverflowError.class,
        () -> guard.runUnder(() -> throwAny(new StackOverflowError()), lock));
    assertTrue(brokenAtUnlock.get());
    assertFalse(lock.isLocked());
  }

  @Test
  void aLockThatCannotBeTakenKeepsNoOther() {
    ReentrantLock first = new ReentrantLock();
    ReentrantLock second =
        new ReentrantLock() {
          @Override
          public void lock() {
            throw new OutOfMemoryError("no memory for the place in the queue");
          }
        };
    assertThrows(OutOfMemoryError.class, () -> guard.runUnder(() -> {}, first, second));
    assertFalse(first.isLocked());
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void throwAny(Throwable any) throws T {
    throw (T) any;
  }
}
