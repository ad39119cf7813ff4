package dev.tcplay.block.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.FlakeyDevice;
import dev.tcplay.block.FlakeyDevice.Fault;
import dev.tcplay.block.FlakeyDevice.Operation;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.OwnThread;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes past the cache, and in which order. */
class DirectWriterTest {

  private static final int PAGE = 4096;
  private static final int MIB = 1 << 20;

  /** Two pages, an eighth of the quarter of the budget, are a burst. */
  private static final int BUDGET = 64 * PAGE;

  private final CountingDevice lower = new CountingDevice(new MemoryDevice(2 * MIB));
  private final List<String> calls = new ArrayList<>();
  private boolean flushFails;
  private Runnable whileWriting = () -> {};
  private BlockDevice device;

  @BeforeEach
  void open() {
    BlockDevice watched =
        new FlakeyDevice(
            lower,
            (number, operation, position, length) -> {
              if (operation == Operation.WRITE && position >= MIB) {
                whileWriting.run();
              }
              if (operation != Operation.READ) {
                calls.add(operation == Operation.FLUSH ? "flush" : position + "+" + length);
              }
              return flushFails && operation == Operation.FLUSH ? Fault.FAIL : Fault.NONE;
            });
    device = new CachedDevice(watched, BUDGET, Duration.ZERO);
  }

  @AfterEach
  void close() throws IOException {
    device.close();
  }

  private static byte[] ones(int length) {
    byte[] ones = new byte[length];
    Arrays.fill(ones, (byte) 1);
    return ones;
  }

  private void write(long position, int length) throws IOException {
    device.write(position, ones(length), 0, length);
  }

  private void writeBurst() throws IOException {
    write(100 * PAGE, PAGE);
    write(110 * PAGE, PAGE);
    assertEquals(List.of(), calls);
  }

  /** By the next flush once, and by close. */
  private void assertLossIsReported() throws IOException {
    assertThrows(IOException.class, device::flush);
    device.flush();
    assertThrows(IOException.class, device::close);
  }

  @Test
  void largeWritesPassBy() throws IOException {
    write(0, MIB);
    assertEquals(1, lower.writes());
    assertEquals(0, lower.flushes());
    device.flush();
    assertEquals(1, lower.writes());
    assertEquals(1, lower.flushes());
  }

  @Test
  void scatteredWritesPassByOnceABurstIsOver() throws IOException {
    writeBurst();
    write(20 * PAGE, PAGE);
    write(30 * PAGE + 512, 2 * PAGE);
    assertEquals(List.of("81920+4096", "123392+8192"), calls);
    byte[] read = new byte[2 * PAGE];
    device.read(30 * PAGE + 512, read, 0, read.length);
    assertArrayEquals(ones(2 * PAGE), read);
  }

  @Test
  void whatGoesOnFromWhatWasWrittenIsCollected() throws IOException {
    writeBurst();
    write(20 * PAGE, PAGE);
    write(21 * PAGE, PAGE);
    write(22 * PAGE, PAGE);
    assertEquals(List.of("81920+4096"), calls);
    device.flush();
    assertEquals(List.of("81920+4096", "86016+8192", "409600+4096", "450560+4096", "flush"), calls);
  }

  @Test
  void whatGoesOnInTwoPlacesInTurnIsCollected() throws IOException {
    writeBurst();
    for (int i = 0; i < 4; i++) {
      write((20L + i) * PAGE, PAGE);
      write((60L + i) * PAGE, PAGE);
    }
    assertEquals(List.of("81920+4096", "245760+4096"), calls);
  }

  @Test
  void lessThanAPageAndPartsOfSectorsAreCollected() throws IOException {
    writeBurst();
    write(20 * PAGE, PAGE - 512);
    write(30 * PAGE + 1, PAGE);
    assertEquals(List.of(), calls);
  }

  @Test
  void whatTheCacheHoldsIsChangedThere() throws IOException {
    device.read(20 * PAGE, new byte[1], 0, 1);
    writeBurst();
    write(20 * PAGE, PAGE);
    write(110 * PAGE, PAGE);
    write(10 * PAGE + 512, PAGE);
    assertEquals(List.of("41472+4096"), calls);
  }

  @Test
  void whatDependsOnAWriteThatPassedByWaitsUntilItIsForced() throws IOException {
    writeBurst();
    write(20 * PAGE, PAGE);
    device.submit(new WriteBatch().write(Group.SECOND, 0, ones(512), 0, 512));
    device.flush();
    assertEquals(
        List.of("81920+4096", "409600+4096", "450560+4096", "flush", "0+512", "flush"), calls);
  }

  @Test
  void nothingPassesByWhatMustComeBeforeIt() throws IOException {
    writeBurst();
    device.submit(new WriteBatch().write(Group.FIFTH, 0, ones(512), 0, 512));
    WriteBatch after = new WriteBatch().afterEarlierBatches();
    device.submit(after.write(Group.FIRST, 512 * 100, ones(512), 0, 512));
    write(20 * PAGE, PAGE);
    assertEquals(List.of(), calls);
    device.flush();
    assertEquals(
        List.of("409600+4096", "450560+4096", "flush", "0+512", "flush"), calls.subList(0, 5));
  }

  @Test
  void aFlushThatFailedBehindLargeWritesIsReportedThoughTheHostRecovers() throws IOException {
    write(0, MIB / 2);
    write(MIB / 2, 1);
    flushFails = true;
    // Not by a flush of the caller's, but by a commit on another's behalf.
    assertThrows(IOException.class, () -> device.discard(0, 512));
    flushFails = false;
    assertLossIsReported();
  }

  @Test
  void aFlushThatFailedBesideAScatteredWriteIsReportedThoughTheHostRecovers() throws IOException {
    writeBurst();
    whileWriting =
        () -> {
          flushFails = true;
          CompletableFuture<Void> other =
              CompletableFuture.runAsync(
                  () -> assertThrows(IOException.class, device::flush), OwnThread::run);
          assertDoesNotThrow(() -> other.get(1, TimeUnit.MINUTES));
          flushFails = false;
        };
    write(MIB, PAGE);
    assertLossIsReported();
  }

  @Test
  void aFlushThatFailedOnceAllWasForcedIsNoLoss() throws IOException {
    writeBurst();
    write(20 * PAGE, PAGE);
    device.flush();
    flushFails = true;
    assertThrows(IOException.class, device::flush);
    flushFails = false;
    device.flush();
  }
}
