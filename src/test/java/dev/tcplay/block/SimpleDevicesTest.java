package dev.tcplay.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SimpleDevicesTest {

  @Test
  void aWindowShowsItsPartOfTheLowerDevice() throws IOException {
    MemoryDevice lower = new MemoryDevice(10_000);
    try (BlockDevice window = new LinearDevice(lower, 1_000, 500)) {
      window.write(0, new byte[] {1, 2, 3}, 0, 3);
      window.write(497, new byte[] {4, 5, 6}, 0, 3);
      byte[] all = new byte[10_000];
      lower.read(0, all, 0, all.length);
      byte[] expected = new byte[10_000];
      System.arraycopy(new byte[] {1, 2, 3}, 0, expected, 1_000, 3);
      System.arraycopy(new byte[] {4, 5, 6}, 0, expected, 1_497, 3);
      assertArrayEquals(expected, all);
      assertThrows(IOException.class, () -> window.read(499, all, 0, 2));
      assertThrows(IOException.class, () -> window.write(499, all, 0, 2));
    }
    assertThrows(ClosedChannelException.class, () -> lower.read(0, new byte[1], 0, 1));
  }

  @Test
  void aWindowLiesInsideTheLowerDevice() {
    MemoryDevice lower = new MemoryDevice(10_000);
    for (long[] window :
        new long[][] {{-1, 5}, {0, -1}, {0, 10_001}, {10_001, 0}, {5, Long.MAX_VALUE}}) {
      assertThrows(
          IllegalArgumentException.class, () -> new LinearDevice(lower, window[0], window[1]));
    }
  }

  @Test
  void memoryIsTakenForWhatIsWrittenOnly() throws IOException {
    long size = 1L << 50;
    try (BlockDevice device = new MemoryDevice(size)) {
      byte[] bytes = new byte[10_000];
      Arrays.fill(bytes, (byte) 7);
      device.write(size - 10_000, bytes, 0, 10_000);
      device.write(12_345, bytes, 0, 1);
      byte[] read = new byte[10_000];
      device.read(size - 10_000, read, 0, 10_000);
      assertArrayEquals(bytes, read);
      device.read(12_344, read, 0, 3);
      assertArrayEquals(new byte[] {0, 7, 0}, Arrays.copyOf(read, 3));
      device.read(size / 2, read, 0, 10_000);
      assertArrayEquals(new byte[10_000], read);
      device.discard(0, size);
      device.read(12_345, read, 0, 1);
      assertEquals(0, read[0]);
    }
  }
}
