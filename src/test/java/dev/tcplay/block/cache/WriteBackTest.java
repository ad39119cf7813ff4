package dev.tcplay.block.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.FlakeyDevice;
import dev.tcplay.block.FlakeyDevice.Fault;
import dev.tcplay.block.FlakeyDevice.Operation;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.testing.CountingDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a cache writes, and how much. */
class WriteBackTest extends CachedMebibyte {

  @Test
  void writesNothingBeforeItIsForced() throws IOException {
    CountingDevice lower = new CountingDevice(new MemoryDevice(SIZE));
    try (BlockDevice device = new CachedDevice(lower, SIZE, Duration.ZERO)) {
      device.write(0, ones(4096), 0, 4096);
      device.write(4096, ones(4096), 0, 4096);
      device.write(100, ones(100), 0, 100);
      assertEquals(0, lower.reads() + lower.writes() + lower.flushes());
      device.flush();
      assertEquals(1, lower.writes());
      assertEquals(16, lower.sectorsWritten());
      assertEquals(1, lower.flushes());
    }
  }

  /** One page in three groups: two of them are committed while the batch is handed over. */
  @Test
  void anInterruptDoesNotLeaveABatchHalfPlaced() throws Exception {
    Path host = Files.createTempFile("host", ".img");
    try {
      Files.write(host, new byte[SIZE]);
      try (BlockDevice device =
          new CachedDevice(FileDevice.open(host, HostOpen.writing()), SIZE, Duration.ZERO)) {
        WriteBatch batch = new WriteBatch();
        batch.write(Group.FIRST, 0, ones(10), 0, 10);
        batch.write(Group.SECOND, 10, ones(10), 0, 10);
        batch.write(Group.FIFTH, 20, ones(10), 0, 10);
        Thread.currentThread().interrupt();
        device.submit(batch);
        assertTrue(Thread.interrupted());
        byte[] read = new byte[31];
        device.read(0, read, 0, 31);
        assertArrayEquals(Arrays.copyOf(ones(30), 31), read);
      }
    } finally {
      Files.delete(host);
    }
  }

  @Test
  void writesOnlySectorsThatChanged() throws IOException {
    CountingDevice lower = new CountingDevice(new MemoryDevice(SIZE));
    try (BlockDevice device = new CachedDevice(lower, SIZE, Duration.ZERO)) {
      device.write(1000, ones(100), 0, 100);
      device.write(3000, ones(1), 0, 1);
      device.flush();
      assertEquals(3, lower.sectorsWritten());
      assertEquals(2, lower.writes());
    }
  }

  @Test
  void memoryForWhatIsNotWrittenIsLimited() throws IOException {
    CountingDevice lower = new CountingDevice(new MemoryDevice(SIZE));
    try (BlockDevice device = new CachedDevice(lower, 256 << 10, Duration.ZERO)) {
      for (int i = 0; i < 250; i++) {
        device.write(i * 4096L, ones(4096), 0, 4096);
      }
      // A quarter of the budget, 16 pages, may be dirty.
      assertTrue(lower.sectorsWritten() >= (250 - 16) * 8, "sectors: " + lower.sectorsWritten());
    }
  }

  @Test
  void commitsInTheBackground() throws Exception {
    CountDownLatch flushed = new CountDownLatch(1);
    BlockDevice lower =
        new FlakeyDevice(
            new MemoryDevice(SIZE),
            (number, operation, position, length) -> {
              if (operation == Operation.FLUSH) {
                flushed.countDown();
              }
              return Fault.NONE;
            });
    try (BlockDevice device = new CachedDevice(lower, SIZE, Duration.ofMillis(1))) {
      device.write(0, ones(1), 0, 1);
      assertTrue(flushed.await(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void commitsInTheBackgroundThoughADeviceThrewWhatItMustNot() throws Exception {
    CountDownLatch flushed = new CountDownLatch(2);
    BlockDevice lower =
        new FlakeyDevice(
            new MemoryDevice(SIZE),
            (number, operation, position, length) -> {
              if (operation == Operation.FLUSH) {
                flushed.countDown();
                if (flushed.getCount() == 1) {
                  throw new IllegalStateException("once");
                }
              }
              return Fault.NONE;
            });
    try (BlockDevice device = new CachedDevice(lower, SIZE, Duration.ofMillis(1))) {
      device.write(0, ones(1), 0, 1);
      assertTrue(flushed.await(30, TimeUnit.SECONDS));
    }
  }
}
