package dev.tcplay.block.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class CachedDeviceTest {

  private static MemoryDevice filled(byte[] content) throws IOException {
    MemoryDevice device = new MemoryDevice(content.length);
    device.write(0, content, 0, content.length);
    return device;
  }

  private static byte[] random(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Test
  void readsAPageFromBelowOnlyOnce() throws IOException {
    byte[] content = random(100_000, 1);
    CountingDevice counting = new CountingDevice(filled(content));
    try (BlockDevice device = new CachedDevice(counting, 1 << 20)) {
      byte[] read = new byte[300];
      for (int i = 0; i < 10; i++) {
        device.read(8000 + i, read, 0, 300);
        assertArrayEquals(Arrays.copyOfRange(content, 8000 + i, 8300 + i), read);
      }
      assertEquals(1, counting.reads());
      assertEquals(16, counting.sectorsRead());
    }
  }

  @Test
  void passesLargeReadsBy() throws IOException {
    byte[] content = random(1 << 20, 2);
    CountingDevice counting = new CountingDevice(filled(content));
    try (BlockDevice device = new CachedDevice(counting, 1 << 22)) {
      byte[] read = new byte[1 << 20];
      device.read(0, read, 0, read.length);
      assertArrayEquals(content, read);
      assertEquals(1, counting.reads());
      assertEquals(2048, counting.sectorsRead());
    }
  }

  @Test
  void readsAsTheLowerDeviceDoes() throws Exception {
    long seed = Seeds.of("readsAsTheLowerDeviceDoes");
    byte[] content = random(2_000_123, seed);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try (BlockDevice device = new CachedDevice(filled(content), 200_000)) {
      List<Future<?>> readers = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        Random random = new Random(seed + t);
        readers.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < 10_000; i++) {
                    int length = random.nextInt(i % 20 == 0 ? 150_000 : 9_000);
                    int position = random.nextInt(content.length - length + 1);
                    byte[] read = new byte[length];
                    device.read(position, read, 0, length);
                    assertTrue(
                        Arrays.equals(content, position, position + length, read, 0, length));
                  }
                  return null;
                }));
      }
      for (Future<?> reader : readers) {
        reader.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void readsWhatWasWritten() throws IOException {
    byte[] content = random(50_000, 3);
    try (BlockDevice device = new CachedDevice(filled(content), 20_000)) {
      byte[] read = new byte[5_000];
      device.read(1_000, read, 0, 5_000);
      device.write(2_000, new byte[] {1, 2, 3}, 0, 3);
      device.read(2_000, read, 0, 3);
      assertArrayEquals(new byte[] {1, 2, 3}, Arrays.copyOf(read, 3));
    }
  }

  @Test
  void isOfUseWithoutABudget() throws IOException {
    byte[] content = random(50_000, 4);
    try (BlockDevice device = new CachedDevice(filled(content), 0)) {
      byte[] read = new byte[50_000];
      device.read(0, read, 0, 50_000);
      assertArrayEquals(content, read);
    }
  }

  @Test
  void closesTheLowerDevice() throws IOException {
    MemoryDevice lower = new MemoryDevice(1000);
    BlockDevice device = new CachedDevice(lower, 0);
    device.close();
    assertThrows(ClosedChannelException.class, () -> lower.read(0, new byte[1], 0, 1));
    assertThrows(ClosedChannelException.class, () -> device.read(0, new byte[1], 0, 1));
  }
}
