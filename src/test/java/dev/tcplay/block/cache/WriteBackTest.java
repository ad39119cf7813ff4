package dev.tcplay.block.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.FlakeyDevice;
import dev.tcplay.block.FlakeyDevice.Fault;
import dev.tcplay.block.FlakeyDevice.Operation;
import dev.tcplay.block.GuardDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.testing.CountingDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When a cache writes, and what it says when it cannot. */
class WriteBackTest {

  private static final int SIZE = 1 << 20;

  private volatile boolean failing;

  private BlockDevice failing(BlockDevice lower, Operation... operations) {
    return new FlakeyDevice(
        lower,
        (number, operation, position, length) ->
            failing && Arrays.asList(operations).contains(operation) ? Fault.FAIL : Fault.NONE);
  }

  private static byte[] ones(int length) {
    byte[] ones = new byte[length];
    Arrays.fill(ones, (byte) 1);
    return ones;
  }

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

  @Test
  void asksForWhatBelongsToACommitInTheBackground() throws Exception {
    MemoryDevice host = new MemoryDevice(SIZE);
    CountDownLatch flushed = new CountDownLatch(1);
    BlockDevice lower =
        new FlakeyDevice(
            host,
            (number, operation, position, length) -> {
              if (operation == Operation.FLUSH) {
                flushed.countDown();
              }
              return Fault.NONE;
            });
    BlockDevice cache = new CachedDevice(lower, SIZE, Duration.ofMillis(1));
    try (BlockDevice device = new GuardDevice(cache, SIZE - 512, 512, () -> {})) {
      AtomicInteger asked = new AtomicInteger();
      device.beforeSync(
          () -> {
            if (asked.getAndIncrement() == 0) {
              WriteBatch batch = new WriteBatch().write(Group.FIRST, 1024, ones(32), 0, 32);
              try {
                device.submit(batch);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          });
      device.write(0, ones(1), 0, 1);
      assertTrue(flushed.await(30, TimeUnit.SECONDS));
      byte[] read = new byte[32];
      host.read(1024, read, 0, 32);
      assertArrayEquals(ones(32), read);
    }
  }

  @Test
  void asksAgainThoughItsAskingFailed() throws Exception {
    CountDownLatch asked = new CountDownLatch(2);
    try (BlockDevice device =
        new CachedDevice(new MemoryDevice(SIZE), SIZE, Duration.ofMillis(1))) {
      device.beforeSync(
          () -> {
            asked.countDown();
            throw new IllegalStateException("refused");
          });
      for (int i = 0; i < 30_000 && !asked.await(1, TimeUnit.MILLISECONDS); i++) {
        device.write(i, ones(1), 0, 1);
      }
      assertEquals(0, asked.getCount());
    }
  }

  @Test
  void asksThoughAnotherCommitCameFirst() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (BlockDevice device =
        new CachedDevice(new MemoryDevice(SIZE), SIZE, Duration.ofMillis(1))) {
      device.beforeSync(asked::countDown);
      device.write(0, ones(1), 0, 1);
      device.flush();
      assertTrue(asked.await(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void closesWhileItAsks() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    CompletableFuture<IOException> refusal = new CompletableFuture<>();
    BlockDevice device = new CachedDevice(new MemoryDevice(SIZE), SIZE, Duration.ofMillis(1));
    device.beforeSync(
        () -> {
          asked.countDown();
          try {
            closed.await();
            device.write(0, ones(1), 0, 1);
          } catch (IOException e) {
            refusal.complete(e);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    device.write(0, ones(1), 0, 1);
    assertTrue(asked.await(30, TimeUnit.SECONDS));
    device.close();
    closed.countDown();
    assertInstanceOf(ClosedChannelException.class, refusal.get(30, TimeUnit.SECONDS));
  }

  @Test
  void aFailedWriteIsKeptAndTriedAgain() throws IOException {
    MemoryDevice host = new MemoryDevice(SIZE);
    BlockDevice device = new CachedDevice(failing(host, Operation.WRITE), SIZE, Duration.ZERO);
    failing = true;
    device.write(0, ones(100), 0, 100);
    assertThrows(IOException.class, device::flush);
    assertThrows(IOException.class, device::flush);
    byte[] read = new byte[100];
    device.read(0, read, 0, 100);
    assertArrayEquals(ones(100), read);
    failing = false;
    device.flush();
    host.read(0, read, 0, 100);
    assertArrayEquals(ones(100), read);
    device.close();
  }

  @Test
  void aFailedFlushWritesAgainWhatItShouldHaveForced() throws IOException {
    CountingDevice host = new CountingDevice(new MemoryDevice(SIZE));
    BlockDevice device = new CachedDevice(failing(host, Operation.FLUSH), SIZE, Duration.ZERO);
    failing = true;
    device.write(0, ones(100), 0, 100);
    assertThrows(IOException.class, device::flush);
    failing = false;
    device.flush();
    assertEquals(2, host.writes());
    device.close();
  }

  @Test
  void closeSaysWhatWasNotWritten() throws IOException {
    MemoryDevice host = new MemoryDevice(SIZE);
    BlockDevice device = new CachedDevice(failing(host, Operation.WRITE), SIZE, Duration.ZERO);
    device.write(0, ones(100), 0, 100);
    failing = true;
    assertThrows(IOException.class, device::close);
    assertThrows(IOException.class, () -> host.read(0, new byte[1], 0, 1));
  }

  @Test
  void aWriteIsRefusedWhenItsPageCannotBeCommitted() throws IOException {
    BlockDevice lower = failing(new MemoryDevice(SIZE), Operation.WRITE);
    try (BlockDevice device = new CachedDevice(lower, SIZE, Duration.ZERO)) {
      WriteBatch batch = new WriteBatch().write(Group.FIFTH, 0, ones(10), 0, 10);
      device.submit(batch);
      failing = true;
      assertThrows(IOException.class, () -> device.write(5, new byte[10], 0, 10));
      byte[] read = new byte[10];
      device.read(0, read, 0, 10);
      assertArrayEquals(ones(10), read);
      failing = false;
    }
  }

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

  @Test
  void sequentialReadsAreReadAhead() throws IOException {
    CountingDevice lower = new CountingDevice(new MemoryDevice(SIZE));
    try (BlockDevice device = new CachedDevice(lower, SIZE, Duration.ZERO)) {
      byte[] read = new byte[4096];
      for (int i = 0; i < 256; i++) {
        device.read(i * 4096L, read, 0, 4096);
      }
      assertTrue(lower.reads() < 20, "reads: " + lower.reads());
      assertEquals(2048, lower.sectorsRead());
    }
  }

  @Test
  void whatIsReadAheadInVainHarmsNobody() throws IOException {
    int bad = 21 * 4096 + 512;
    BlockDevice lower =
        new FlakeyDevice(
            new MemoryDevice(SIZE),
            (number, operation, position, length) ->
                position <= bad && bad < position + length ? Fault.FAIL : Fault.NONE);
    try (BlockDevice device = new CachedDevice(lower, SIZE, Duration.ZERO)) {
      byte[] read = new byte[512];
      for (int at = 0; at < bad; at += 512) {
        device.read(at, read, 0, 512);
      }
      assertThrows(IOException.class, () -> device.read(bad, read, 0, 512));
      device.read(bad + 512, read, 0, 512);
    }
  }

  @Test
  void randomReadsAreNotReadAhead() throws IOException {
    CountingDevice lower = new CountingDevice(new MemoryDevice(SIZE));
    try (BlockDevice device = new CachedDevice(lower, SIZE, Duration.ZERO)) {
      byte[] read = new byte[4096];
      for (int i = 0; i < 100; i++) {
        device.read(i * 7 % 256 * 4096L, read, 0, 4096);
      }
      assertEquals(800, lower.sectorsRead());
    }
  }
}
