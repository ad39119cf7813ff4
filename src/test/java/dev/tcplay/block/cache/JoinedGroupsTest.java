package dev.tcplay.block.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.testing.CountingDevice;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which group of what waits a later write joins. */
class JoinedGroupsTest extends CachedMebibyte {

  @Test
  void whatDependsOnNothingJoinsTheGroupInWhichItsPageWaits() throws IOException {
    CountingDevice lower = new CountingDevice(new MemoryDevice(SIZE));
    AtomicInteger committed = new AtomicInteger();
    try (BlockDevice device = new CachedDevice(lower, SIZE, Duration.ZERO)) {
      for (int i = 0; i < 10; i++) {
        WriteBatch batch = new WriteBatch().whenCommitted(committed::incrementAndGet);
        batch.write(Group.FIRST, i * 32L, ones(32), 0, 32);
        batch.writeBy(Group.SIXTH, 1024 + i * 32L, ones(32), 0, 32);
        device.submit(batch);
      }
      assertEquals(0, lower.writes() + lower.flushes());
      assertEquals(0, committed.get());
      device.flush();
      assertEquals(10, committed.get());
      assertEquals(1, lower.flushes());
      byte[] read = new byte[320];
      lower.read(1024, read, 0, 320);
      assertArrayEquals(ones(320), read);
    }
  }

  @Test
  void whatDependsOnNothingWaitsForNoGroupBehindItsOwn() throws IOException {
    CountingDevice lower = new CountingDevice(new MemoryDevice(SIZE));
    try (BlockDevice device = new CachedDevice(lower, SIZE, Duration.ZERO)) {
      device.submit(new WriteBatch().write(Group.FIFTH, 0, ones(32), 0, 32));
      device.submit(new WriteBatch().writeBy(Group.SECOND, 1024, ones(32), 0, 32));
      assertEquals(1, lower.flushes());
      byte[] read = new byte[32];
      lower.read(1024, read, 0, 32);
      assertArrayEquals(new byte[32], read);
    }
  }

  @Test
  void whatComesAfterEarlierBatchesJoinsNoneOfTheirGroups() throws IOException {
    CountingDevice lower = new CountingDevice(new MemoryDevice(SIZE));
    try (BlockDevice device = new CachedDevice(lower, SIZE, Duration.ZERO)) {
      device.submit(new WriteBatch().write(Group.FIRST, 0, ones(32), 0, 32));
      WriteBatch after = new WriteBatch().afterEarlierBatches();
      device.submit(after.writeBy(Group.FIRST, 1024, ones(32), 0, 32));
      assertEquals(1, lower.flushes());
      assertEquals(1, lower.sectorsWritten());
    }
  }
}
