package dev.tcplay.block.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.testing.Allocations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Writes into a cache whose allocations fail, one after another, and which are then made again; for
 * {@link FailedWriteBackTest}, which loads this class by a loader of its own.
 */
final class CacheFailures implements Runnable {

  private static final int PAGES = 32;

  /** Something done with the cache, which may be done again if it failed halfway. */
  private interface Call {
    void on(CachedDevice cache, BlockDevice host) throws IOException;
  }

  private static final List<Call> CALLS =
      List.of(
          (cache, host) -> cache.submit(batch(1)),
          (cache, host) -> write(cache, 1, 5000, 2),
          (cache, host) -> cache.submit(batch(3)),
          (cache, host) -> cache.flush(),
          (cache, host) -> assertArrayEquals(read(cache), read(host)));

  private static final int ROUNDS = 2;
  private static final int QUIET = 25;

  CacheFailures() {}

  private static byte[] bytes(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static void write(CachedDevice cache, int page, int length, int value)
      throws IOException {
    cache.write((long) page * Tuning.PAGE, bytes(length, value), 0, length);
  }

  private static WriteBatch batch(int value) {
    WriteBatch batch = new WriteBatch();
    batch.write(Group.FIRST, 3L * Tuning.PAGE, bytes(2 * Tuning.PAGE, value), 0, 2 * Tuning.PAGE);
    batch.write(Group.THIRD, 9L * Tuning.PAGE, bytes(700, value), 0, 700);
    return batch;
  }

  @Override
  public void run() {
    try {
      runs(false);
      runs(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void runs(boolean asOverflow) throws IOException {
    int written = 0;
    int failures = 0;
    int quiet = 0;
    // Some failures are made up for; where many in a row have no effect there are none any more.
    for (int after = 0; quiet < QUIET; after++) {
      MemoryDevice host = new MemoryDevice((long) PAGES * Tuning.PAGE);
      CachedDevice cache = new CachedDevice(host, 1 << 20, Duration.ZERO);
      boolean failed = false;
      Allocations.arm(after, 1, asOverflow);
      try {
        for (int round = 0; round < ROUNDS; round++) {
          failed |= makesAll(cache, host);
        }
        written += failed ? 1 : 0;
      } catch (IOException e) {
        // An error has ended a commit halfway: nothing is written any more, as it says.
        failed = true;
      }
      Allocations.disarm();
      failures += failed ? 1 : 0;
      quiet = failed ? 0 : quiet + 1;
    }
    assertTrue(failures > 50 && written > failures / 2, written + " of " + failures);
  }

  /** Makes all calls, those again that fail by an error; returns whether one did. */
  private static boolean makesAll(CachedDevice cache, BlockDevice host) throws IOException {
    boolean failed = false;
    for (int i = 0; i < CALLS.size(); ) {
      try {
        CALLS.get(i).on(cache, host);
        i++;
      } catch (OutOfMemoryError | StackOverflowError e) {
        failed = true;
      }
    }
    return failed;
  }

  private static byte[] read(BlockDevice device) throws IOException {
    byte[] bytes = new byte[PAGES * Tuning.PAGE];
    device.read(0, bytes, 0, bytes.length);
    return bytes;
  }
}
