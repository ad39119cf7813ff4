package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.CountingDevice;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** File systems on windows of one cache are as good as one on the cache itself. */
class SharedCacheTest {

  private static final int CREATES = 200;
  private static final long BYTES = WritableVolume.smallest("FAT16");
  private static final long START = 1 << 20;

  private static CountingDevice formatted(long start) throws IOException {
    MemoryDevice disk = new MemoryDevice(START + 2 * BYTES);
    new FatDriver().format(new LinearDevice(disk, start, BYTES), WritableVolume.options("FAT16"));
    return new CountingDevice(disk);
  }

  private static MountedVolume mount(BlockDevice device) throws IOException {
    return new FatDriver().mount(device, WritableVolume.OPTIONS);
  }

  /** Returns how many flushes it takes to make files on a window of a cache, or on all of it. */
  private static long flushesOfCreates(boolean window) throws IOException {
    long start = window ? START : 0;
    CountingDevice host = formatted(start);
    BlockDevice cache = new CachedDevice(host, 4 << 20, Duration.ZERO);
    try (MountedVolume volume = mount(window ? new LinearDevice(cache, start, BYTES) : cache)) {
      for (int i = 0; i < CREATES; i++) {
        Node file = volume.create(volume.root(), "file " + i, NodeType.FILE, AttributeChange.NONE);
        try (OpenNode open = volume.open(file)) {
          open.write(0, new byte[100], 0, 100);
        }
      }
    }
    return host.flushes();
  }

  @Test
  void createsThroughAWindowCostAsManyFlushesAsWithoutIt() throws IOException {
    assertEquals(flushesOfCreates(false), flushesOfCreates(true));
  }

  @Test
  void twoFileSystemsOnOneCacheBothKeepItsSyncInterval() throws Exception {
    MemoryDevice disk = new MemoryDevice(2 * BYTES);
    for (long start : new long[] {0, BYTES}) {
      new FatDriver().format(new LinearDevice(disk, start, BYTES), WritableVolume.options("FAT16"));
    }
    try (BlockDevice cache = new CachedDevice(disk, 4 << 20, Duration.ofMillis(20));
        MountedVolume first = mount(LinearDevice.shared(cache, 0, BYTES));
        MountedVolume second = mount(LinearDevice.shared(cache, BYTES, BYTES));
        OpenNode ofFirst =
            first.open(first.create(first.root(), "file", NodeType.FILE, AttributeChange.NONE));
        OpenNode ofSecond =
            second.open(
                second.create(second.root(), "file", NodeType.FILE, AttributeChange.NONE))) {
      ofFirst.write(0, new byte[100], 0, 100);
      ofSecond.write(0, new byte[100], 0, 100);
      assertTrue(comesToTheHost(disk, 0), "the first file system");
      assertTrue(comesToTheHost(disk, BYTES), "the second file system");
    }
  }

  /** Waits until the host has a file with its size, as it would be after a crash. */
  private static boolean comesToTheHost(MemoryDevice disk, long start) throws Exception {
    for (int i = 0; i < 500; i++) {
      MountedVolume volume = Volumes.mount(LinearDevice.readOnly(disk, start, BYTES));
      Node file = volume.lookup(volume.root(), "file");
      if (file != null && volume.attributes(file).size() == 100) {
        return true;
      }
      Thread.sleep(20);
    }
    return false;
  }
}
