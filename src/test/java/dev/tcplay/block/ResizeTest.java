package dev.tcplay.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tcplay.block.FlakeyDevice.Fault;
import dev.tcplay.block.cache.CachedDevice;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a cache and a snapshot hold of a window that is resized. */
class ResizeTest extends ResizedWindow {

  @Test
  void nothingBehindAnEarlierEndIsKeptInMemory() throws IOException {
    MemoryDevice host = new MemoryDevice(1 << 20);
    LinearDevice window = new LinearDevice(host, START, 100_864);
    try (BlockDevice cache = new CachedDevice(window, 1 << 20, Duration.ZERO)) {
      cache.write(0, filled(100_864, 1), 0, 100_864);
      assertArrayEquals(filled(100_864, 1), read(cache, 0, 100_864));
      window.resize(50_688);
      assertThrows(IOException.class, () -> read(cache, 50_688, 1));
      assertThrows(IOException.class, () -> cache.write(50_687, new byte[2], 0, 2));
      host.write(START + 50_688, filled(100_000, 2), 0, 100_000);
      window.resize(150_016);
      assertArrayEquals(filled(50_688, 1), read(cache, 0, 50_688));
      assertArrayEquals(filled(99_328, 2), read(cache, 50_688, 99_328));
    }
  }

  @Test
  void aPageThatEndsWithTheDeviceIsWholeOnceThatHasGrown() throws IOException {
    MemoryDevice host = new MemoryDevice(1 << 20);
    host.write(0, filled(1 << 16, 3), 0, 1 << 16);
    LinearDevice window = new LinearDevice(host, 0, 8192 + 512);
    try (BlockDevice cache = new CachedDevice(encrypted(window), 1 << 20, Duration.ZERO)) {
      byte[] before = read(cache, 8192, 512);
      cache.write(8192 + 100, new byte[10], 0, 10);
      System.arraycopy(new byte[10], 0, before, 100, 10);
      window.resize(1 << 16);
      assertArrayEquals(before, read(cache, 8192, 512));
      byte[] expected = read(encrypted(LinearDevice.shared(host, 0, 1 << 16)), 8192, 4096);
      assertArrayEquals(expected, read(cache, 8192, 4096));
    }
  }

  @Test
  void whatWaitsIsOnTheHostBeforeAWindowShrinks() throws IOException {
    MemoryDevice host = new MemoryDevice(1 << 20);
    LinearDevice window = new LinearDevice(host, 0, 1 << 19);
    try (BlockDevice cache = new CachedDevice(window, 1 << 20, Duration.ZERO)) {
      cache.write(1 << 18, filled(100, 4), 0, 100);
      window.resize(1 << 18);
      assertArrayEquals(filled(100, 4), read(host, 1 << 18, 100));
    }
  }

  @Test
  void nothingIsResizedIfWhatWaitsCannotBeWritten() throws IOException {
    AtomicBoolean failing = new AtomicBoolean();
    MemoryDevice host = new MemoryDevice(1 << 20);
    LinearDevice window =
        new LinearDevice(
            new FlakeyDevice(host, (n, o, p, l) -> failing.get() ? Fault.FAIL : Fault.NONE),
            0,
            1 << 19);
    try (BlockDevice cache = new CachedDevice(window, 1 << 20, Duration.ZERO)) {
      cache.write(1 << 18, filled(100, 5), 0, 100);
      failing.set(true);
      assertThrows(IOException.class, () -> window.resize(1 << 18));
      assertEquals(1 << 19, cache.size());
      assertArrayEquals(filled(100, 5), read(cache, 1 << 18, 100));
      failing.set(false);
      window.resize(1 << 18);
      assertEquals(1 << 18, cache.size());
    }
  }

  @Test
  void aSnapshotForgetsWhatLiesBehindTheEndAndKeepsTheRest() throws IOException {
    MemoryDevice host = new MemoryDevice(1 << 20);
    host.write(0, filled(100_000, 6), 0, 100_000);
    LinearDevice window = new LinearDevice(host, 0, 20_000);
    try (SnapshotDevice snapshot = SnapshotDevice.inMemory(window);
        BlockDevice cache = new CachedDevice(snapshot, 1 << 20, Duration.ZERO)) {
      cache.write(0, filled(20_000, 7), 0, 20_000);
      cache.flush();
      window.resize(10_001);
      assertEquals(10_001, cache.size());
      window.resize(30_000);
      byte[] expected = filled(30_000, 6);
      Arrays.fill(expected, 0, 10_001, (byte) 7);
      assertArrayEquals(expected, read(cache, 0, 30_000));
      snapshot.commit();
      assertArrayEquals(expected, read(host, 0, 30_000));
    }
  }

  @Test
  void aSnapshotIsNeverLargerThanItsOverlay() throws IOException {
    LinearDevice window = new LinearDevice(new MemoryDevice(1 << 20), 0, 20_000);
    try (BlockDevice snapshot = SnapshotDevice.over(window, new MemoryDevice(25_000), () -> {})) {
      window.resize(30_000);
      assertEquals(25_000, snapshot.size());
    }
  }

  @Test
  void aWindowLiesInsideTheDeviceBelowAtAnyTime() throws IOException {
    LinearDevice lower = new LinearDevice(new MemoryDevice(10_000), 0, 5_000);
    LinearDevice window = new LinearDevice(lower, 1_000, 3_000);
    BlockDevice rest = LinearDevice.toEnd(lower, 1_000);
    assertThrows(IllegalArgumentException.class, () -> window.resize(4_001));
    assertThrows(IllegalArgumentException.class, () -> window.resize(-1));
    lower.resize(2_000);
    assertEquals(1_000, window.size());
    assertEquals(1_000, rest.size());
    assertThrows(IOException.class, () -> read(window, 999, 2));
    lower.resize(500);
    assertEquals(0, window.size());
    lower.resize(10_000);
    assertEquals(3_000, window.size());
    assertEquals(9_000, rest.size());
  }
}
