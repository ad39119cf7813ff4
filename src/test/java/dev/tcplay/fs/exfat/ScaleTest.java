package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Large volumes, files, clusters and directories cost what they should. */
class ScaleTest {

  private static final int SIMILAR = 20_000;
  private static final long GIB = 1L << 30;

  private static long sectorsToList(long bytes, int clusterShift) throws IOException {
    BlockDevice disk = new MemoryDevice(bytes);
    ExFatImage.make(disk, clusterShift);
    try (WritableVolume volume = WritableVolume.on(disk)) {
      volume.directory("/directory");
      volume.file("/directory/file", new byte[10]);
    }
    CountingDevice counting = new CountingDevice(disk);
    try (WritableVolume volume = WritableVolume.on(counting)) {
      assertEquals(10, volume.read("/directory/file").length);
      assertEquals(1, Walk.names(volume.volume(), "/directory").size());
    }
    return counting.sectorsRead();
  }

  @Test
  void sixteenTebibytesOpenAndListWithAsManyReadsAsOneGibibyte() throws IOException {
    assertEquals(sectorsToList(GIB, 8), sectorsToList(16_384 * GIB, 8));
  }

  @Test
  void clustersOf32MebibytesAreTakenAndReadWithoutBuffersOfThatSize() throws IOException {
    BlockDevice disk = new MemoryDevice(64 * GIB);
    ExFatImage.make(disk, 16);
    try (WritableVolume volume = WritableVolume.on(disk)) {
      volume.directory("/directory");
      volume.file("/directory/file", new byte[10]);
      volume.remount();
      assertEquals(10, volume.read("/directory/file").length);
      assertEquals(32 << 20, volume.volume().space().blockSize());
    }
  }

  @Test
  void fileOfFiveGibibytesIsWrittenAtItsEndReadAndCut() throws IOException {
    BlockDevice disk = new MemoryDevice(16 * GIB);
    ExFatImage.make(disk, 8);
    try (WritableVolume volume = WritableVolume.on(disk)) {
      long free = volume.volume().space().freeBytes();
      Node file = volume.file("/file");
      try (OpenNode open = volume.volume().open(file)) {
        open.write(5 * GIB - 1, new byte[] {7}, 0, 1);
      }
      volume.remount();
      try (OpenNode open = volume.volume().open(volume.find("/file"))) {
        assertEquals(5 * GIB, open.size());
        byte[] end = new byte[2];
        assertEquals(2, open.read(5 * GIB - 2, end, 0, 2));
        assertEquals(0, end[0]);
        assertEquals(7, end[1]);
        open.truncate(5 * GIB - 1);
        open.truncate(GIB);
        open.truncate(0);
      }
      volume.volume().force();
      assertEquals(free, volume.volume().space().freeBytes());
    }
  }

  @Test
  void twentyThousandSimilarNamesLieInOneDirectory() throws Exception {
    WritableVolume volume = WritableVolume.of(16 << 20, 3);
    volume.directory("/directory");
    for (int i = 0; i < SIMILAR; i++) {
      volume.file("/directory/" + similar(i));
    }
    for (int i = 0; i < SIMILAR; i++) {
      assertNotNull(volume.find("/directory/" + similar(i)), similar(i));
    }
    assertNull(volume.find("/directory/" + similar(SIMILAR)));
    long free = volume.volume().space().freeBytes();
    for (int i = 0; i < SIMILAR; i += 2) {
      volume.volume().delete(volume.find("/directory/" + similar(i)));
    }
    volume.volume().force();
    // Free slots are found again: the directory does not grow.
    for (int i = 0; i < SIMILAR; i += 2) {
      volume.file("/directory/" + similar(i));
    }
    assertEquals(free, volume.volume().space().freeBytes());
    assertTrue(Walk.names(volume.volume(), "/directory").size() == SIMILAR);
    volume.closeAndCheck();
  }

  private static String similar(int number) {
    return "similar name %05d".formatted(number);
  }
}
