package dev.tcplay.block.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.block.WriteBatch.Group;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Requests for one sector at the same moment: each gets, or leaves, what one of them made of it.
 */
@SuppressWarnings("ThreadPriorityCheck") // yielding has threads meet more often
class CacheRaceTest {

  private static final int SIZE = 1 << 20;
  private static final int SECTOR = 512;
  private static final int LARGE = Tuning.BYPASS;
  private static final int ROUNDS = 10_000;

  private final SplitDevice lower = new SplitDevice(new MemoryDevice(SIZE));
  private final BlockDevice device = new CachedDevice(lower, SIZE, Duration.ZERO);
  private final List<Thread> threads = new ArrayList<>();
  private final ConcurrentLinkedQueue<IOException> failures = new ConcurrentLinkedQueue<>();

  private static byte[] bytes(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private interface Action {
    void run() throws IOException;
  }

  private void meanwhile(Action action) {
    Runnable run =
        () -> {
          try {
            action.run();
          } catch (IOException e) {
            failures.add(e);
          }
        };
    threads.add(SplitDevice.startAndSettle(new Thread(run)));
  }

  private void finish() throws Exception {
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), List.copyOf(failures));
  }

  private static byte[] sector(BlockDevice device) throws IOException {
    byte[] sector = new byte[SECTOR];
    device.read(0, sector, 0, SECTOR);
    return sector;
  }

  /** Two begin at once, again and again, to write to their own sector of a page that is clean. */
  @Test
  void writersOfOnePageThatTheFirstMakesDirtyLoseNothing() throws Exception {
    BlockDevice cache = new CachedDevice(new MemoryDevice(SIZE), SIZE, Duration.ZERO);
    AtomicInteger round = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    Thread other =
        new Thread(
            () -> {
              for (int i = 1; i <= ROUNDS; i++) {
                while (round.get() < i) {
                  Thread.yield();
                }
                try {
                  cache.write(SECTOR, bytes(SECTOR, i), 0, SECTOR);
                } catch (IOException e) {
                  failures.add(e);
                }
                done.set(i);
              }
            });
    threads.add(other);
    other.start();
    byte[] found = new byte[2 * SECTOR];
    try {
      for (int i = 1; i <= ROUNDS; i++) {
        round.set(i);
        cache.write(0, bytes(SECTOR, i), 0, SECTOR);
        while (done.get() < i) {
          Thread.yield();
        }
        cache.read(0, found, 0, found.length);
        assertArrayEquals(bytes(2 * SECTOR, i), found);
        cache.flush();
      }
    } finally {
      round.set(Integer.MAX_VALUE);
      finish();
    }
    cache.close();
  }

  @Test
  void aLargeWriteIsNotLostToAnotherOfPartOfASectorThatIsCommittedMeanwhile() throws Exception {
    lower.amidWrite(() -> meanwhile(() -> device.write(300, bytes(10, 2), 0, 10)));
    lower.afterWrite(() -> meanwhile(device::flush));
    device.write(0, bytes(LARGE, 1), 0, LARGE);
    finish();
    device.flush();
    byte[] smallFirst = bytes(SECTOR, 1);
    byte[] smallLast = smallFirst.clone();
    Arrays.fill(smallLast, 300, 310, (byte) 2);
    byte[] found = sector(lower);
    assertTrue(
        Arrays.equals(smallFirst, found) || Arrays.equals(smallLast, found),
        Arrays.toString(found));
    assertArrayEquals(found, sector(device));
    device.close();
  }

  @Test
  void whatMayComeEarlierDoesNotJoinAGroupThatIsCommittedMeanwhile() throws Exception {
    device.submit(new WriteBatch().write(Group.FIRST, 0, bytes(SECTOR, 1), 0, SECTOR));
    WriteBatch late = new WriteBatch().writeBy(Group.SIXTH, 0, bytes(SECTOR, 2), 0, SECTOR);
    lower.afterWrite(() -> meanwhile(() -> device.submit(late)));
    device.flush();
    finish();
    assertArrayEquals(bytes(SECTOR, 1), sector(lower));
    assertArrayEquals(bytes(SECTOR, 2), sector(device));
    device.flush();
    assertArrayEquals(bytes(SECTOR, 2), sector(lower));
    device.close();
  }

  @Test
  void aReadFromBelowIsNeverHalfOfWhatIsCommittedMeanwhile() throws Exception {
    lower.amidRead(
        () -> {
          meanwhile(() -> device.write(0, bytes(4096, 1), 0, 4096));
          meanwhile(device::flush);
        });
    byte[] found = sector(device);
    finish();
    assertArrayEquals(bytes(SECTOR, found[0]), found);
    device.close();
  }

  @Test
  void aReadIsNeverHalfOfALargeWrite() throws Exception {
    byte[] small = new byte[SECTOR];
    byte[] large = new byte[LARGE];
    lower.amidWrite(
        () -> {
          meanwhile(() -> device.read(0, small, 0, SECTOR));
          meanwhile(() -> device.read(0, large, 0, LARGE));
        });
    device.write(0, bytes(LARGE, 1), 0, LARGE);
    finish();
    assertArrayEquals(bytes(SECTOR, small[0]), small);
    assertArrayEquals(bytes(SECTOR, large[0]), Arrays.copyOf(large, SECTOR));
    assertArrayEquals(bytes(SECTOR, 1), sector(device));
    device.close();
  }

  @Test
  void aReadOfADirtyPageIsNeverHalfOfAWrite() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    device.write(0, bytes(4096, 1), 0, 4096);
    Thread writer =
        new Thread(
            () -> {
              try {
                for (int i = 0; !done.get(); i++) {
                  device.write(0, bytes(4096, i), 0, 4096);
                }
              } catch (IOException e) {
                failures.add(e);
              }
            });
    threads.add(writer);
    writer.start();
    int torn = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] found = sector(device);
      torn += Arrays.equals(bytes(SECTOR, found[0]), found) ? 0 : 1;
    }
    done.set(true);
    finish();
    assertEquals(0, torn);
    device.close();
  }
}
