package dev.tcplay.block.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.FlakeyDevice;
import dev.tcplay.block.FlakeyDevice.Fault;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.testing.CountingDevice;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a cache reads ahead. */
class ReadAheadTest extends CachedMebibyte {

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
