package dev.tcplay.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.Seeds;
import dev.tcplay.testing.ToyCipher;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Batches that come through other devices to a cache are what they were, and one batch. */
class StackedBatchesTest {

  private static final int SIZE = 1 << 16;

  private static BlockDevice encrypted(BlockDevice lower) {
    return new LinearDevice(new CryptDevice(lower, new ToyCipher(), 3), 512, SIZE);
  }

  @Test
  void partsOfUnitsInSeveralGroupsLeaveWhatEachOfThemWrote() throws IOException {
    Random random = new Random(Seeds.of("partsOfUnitsInSeveralGroups"));
    MemoryDevice host = new MemoryDevice(2L * SIZE);
    byte[] model = new byte[SIZE];
    try (BlockDevice device = encrypted(new CachedDevice(host, 1 << 14, Duration.ZERO))) {
      device.write(0, model, 0, SIZE);
      for (int i = 0; i < 500; i++) {
        WriteBatch batch = new WriteBatch();
        int at = random.nextInt(SIZE - 4000);
        for (Group group : Group.values()) {
          for (int n = random.nextInt(4); n > 0; n--) {
            byte[] bytes = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 2000 : 60)];
            random.nextBytes(bytes);
            int position = at + random.nextInt(2000);
            if (random.nextBoolean()) {
              batch.write(group, position, bytes, 0, bytes.length);
            } else {
              batch.writeBy(group, position, bytes, 0, bytes.length);
            }
            System.arraycopy(bytes, 0, model, position, bytes.length);
          }
        }
        device.submit(batch);
        if (random.nextInt(10) == 0) {
          device.flush();
        }
      }
      assertArrayEquals(model, read(device));
      device.flush();
      assertArrayEquals(model, read(encrypted(host)));
    }
  }

  private static byte[] read(BlockDevice device) throws IOException {
    byte[] bytes = new byte[SIZE];
    device.read(0, bytes, 0, SIZE);
    return bytes;
  }

  @Test
  void batchesWaitInTheCacheBelowAndRunTheirActionsOnceCommitted() throws IOException {
    CountingDevice host = new CountingDevice(new MemoryDevice(2L * SIZE));
    AtomicInteger committed = new AtomicInteger();
    try (BlockDevice device =
        new GuardDevice(
            encrypted(new CachedDevice(host, 1 << 20, Duration.ZERO)),
            SIZE - 512,
            512,
            refusal -> {})) {
      for (int i = 0; i < 50; i++) {
        WriteBatch batch = new WriteBatch().whenCommitted(committed::incrementAndGet);
        for (Group group : Group.values()) {
          batch.write(group, group.rank() * 8192L + i * 20L, new byte[20], 0, 20);
        }
        device.submit(batch);
        assertThrows(IllegalStateException.class, () -> device.submit(batch));
      }
      assertEquals(0, host.writes() + host.flushes(), "nothing is written before somebody asks");
      device.flush();
      assertEquals(50, committed.get());
      assertEquals(Group.COUNT, host.flushes());
    }
  }
}
