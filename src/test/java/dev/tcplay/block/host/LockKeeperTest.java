package dev.tcplay.block.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LockKeeperTest {

  @Test
  void aHostThatHangsKeepsNoOtherLockFromBeingKept() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    AtomicInteger tries = new AtomicInteger();
    LockKeeper.Kept hung =
        () -> {
          tries.incrementAndGet();
          try {
            hanging.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    CountDownLatch kept = new CountDownLatch(3);
    LockKeeper.Kept fails =
        () -> {
          kept.countDown();
          throw new StackOverflowError();
        };
    LockKeeper.add(hung);
    LockKeeper.add(fails);
    try {
      assertTrue(kept.await(30, TimeUnit.SECONDS), "a lock was not kept three times");
      assertEquals(1, tries.get(), "the one that hangs is asked again only when it has ended");
    } finally {
      LockKeeper.remove(hung);
      LockKeeper.remove(fails);
      hanging.countDown();
    }
  }
}
