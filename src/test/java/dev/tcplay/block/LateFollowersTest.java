package dev.tcplay.block;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.testing.OwnThread;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes to stand on a window while that is resized goes by its new size. */
class LateFollowersTest {

  private static final int SIZE = 1 << 16;
  private static final int LESS = 1 << 15;

  private static BlockDevice over(boolean snapshot, BlockDevice lower) {
    return snapshot
        ? SnapshotDevice.inMemory(lower)
        : new CachedDevice(lower, 1 << 16, Duration.ZERO);
  }

  /** Is resized by what follows it, just before it does. */
  private static final class Eager extends ForwardingDevice {

    private final LinearDevice window;

    Eager(LinearDevice window) {
      super(window);
      this.window = window;
    }

    @Override
    public Registration follow(Follower follower) {
      resize(window);
      return super.follow(follower);
    }
  }

  private static void resize(LinearDevice window) {
    try {
      window.resize(LESS);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoComesAfterAResizeMissesNothing(boolean snapshot) throws Exception {
    LinearDevice window = new LinearDevice(new MemoryDevice(SIZE), 0, SIZE);
    try (BlockDevice late = over(snapshot, new Eager(window))) {
      assertEquals(LESS, late.size());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoComesDuringAResizeMissesNothing(boolean snapshot) throws Exception {
    LinearDevice window = new LinearDevice(new MemoryDevice(SIZE), 0, SIZE);
    CountDownLatch holding = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    window.follow(
        () -> {
          holding.countDown();
          awaitQuietly(goOn, 60_000);
          return () -> {};
        });
    CompletableFuture<Void> resizing =
        CompletableFuture.runAsync(() -> resize(window), OwnThread::run);
    holding.await();
    CompletableFuture<BlockDevice> made =
        CompletableFuture.supplyAsync(
            () -> {
              BlockDevice device = over(snapshot, window);
              goOn.countDown();
              return device;
            },
            OwnThread::run);
    // Made at once it would have the old size; it rather waits.
    awaitQuietly(goOn, 100);
    goOn.countDown();
    resizing.get(1, TimeUnit.MINUTES);
    try (BlockDevice late = made.get(1, TimeUnit.MINUTES)) {
      assertEquals(LESS, late.size());
    }
  }

  private static void awaitQuietly(CountDownLatch latch, long millis) {
    try {
      latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
