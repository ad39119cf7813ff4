package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.CryptDevice;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.ToyCipher;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A volume is used while the device below it grows and shrinks again. */
class ResizedVolumeTest {

  private static final long BYTES = WritableVolume.smallest("FAT16");
  private static final int FILES = 60;

  private static BlockDevice encrypted(BlockDevice window) {
    return new CryptDevice(window, new ToyCipher(), 7);
  }

  private static BlockDevice written(BlockDevice host) {
    return encrypted(LinearDevice.shared(host, 512, BYTES));
  }

  private static byte[] contents(int number) {
    byte[] bytes = new byte[10_000 + number];
    Arrays.fill(bytes, (byte) number);
    return bytes;
  }

  private static void write(MountedVolume volume, int number) throws IOException {
    Node file = volume.create(volume.root(), "file " + number, NodeType.FILE, AttributeChange.NONE);
    try (OpenNode open = volume.open(file)) {
      open.write(0, contents(number), 0, contents(number).length);
    }
    assertArrayEquals(contents(number), Walk.read(volume, file));
  }

  @Test
  void filesAreReadAndWrittenWhileTheDeviceGrowsAndShrinks() throws Exception {
    MemoryDevice host = new MemoryDevice(4 * BYTES);
    LinearDevice window = LinearDevice.shared(host, 512, BYTES);
    new FatDriver().format(written(host), WritableVolume.options("FAT16"));
    BlockDevice cache = new CachedDevice(encrypted(window), 4 << 20, Duration.ofMillis(1));
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try (MountedVolume volume = new FatDriver().mount(cache, WritableVolume.OPTIONS)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < 2; writer++) {
        int first = writer;
        writers.add(
            pool.submit(
                () -> {
                  for (int i = first; i < FILES; i += 2) {
                    write(volume, i);
                  }
                  return null;
                }));
      }
      for (int i = 0; writers.stream().anyMatch(writer -> !writer.isDone()); i++) {
        window.resize(i % 2 == 0 ? 3 * BYTES : BYTES);
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      window.resize(2 * BYTES);
      write(volume, FILES);
      assertEquals(2 * BYTES, cache.size());
    } finally {
      pool.shutdownNow();
    }
    List<Object> findings = new ArrayList<>();
    new FatDriver().check(written(host), WritableVolume.OPTIONS, findings::add);
    assertEquals(List.of(), findings);
    MountedVolume volume = Volumes.mount(written(host));
    for (int i = 0; i <= FILES; i++) {
      assertArrayEquals(contents(i), Walk.read(volume, "file " + i));
    }
  }
}
