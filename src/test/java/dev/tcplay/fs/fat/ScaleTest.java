package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many files, large directories and large volumes cost what they should, counted in requests. */
class ScaleTest {

  private static final int SIMILAR = 20_000;
  private static final int DIRECTORIES = 100;
  private static final int FILES_IN_EACH = 1000;

  @TempDir Path folder;

  private static CountingDevice formatted(long bytes) throws IOException {
    BlockDevice device = new MemoryDevice(bytes);
    WritableVolumes.format(device, "FAT32");
    return new CountingDevice(device);
  }

  private void assertFsckIsContent(BlockDevice device) throws Exception {
    FsckReport report = FsckReport.of(WritableVolumes.save(device, folder.resolve("volume.img")));
    assertEquals(Set.of(), report.classes(), report::toString);
  }

  private static String similar(int number) {
    return "similar name %05d".formatted(number);
  }

  @Test
  void twentyThousandSimilarNamesLieInOneDirectory() throws Exception {
    CountingDevice device = formatted(64 << 20);
    try (MountedVolume volume = WritableVolumes.mount(device)) {
      Node directory =
          volume.create(volume.root(), "directory", NodeType.DIRECTORY, AttributeChange.NONE);
      for (int i = 0; i < SIMILAR; i++) {
        volume.create(directory, similar(i), NodeType.FILE, AttributeChange.NONE);
      }
      for (int i = 0; i < SIMILAR; i++) {
        assertNotNull(volume.lookup(directory, similar(i)), similar(i));
      }
      assertNull(volume.lookup(directory, similar(SIMILAR)));
    }
    assertFsckIsContent(device);
    device.reset();
    try (MountedVolume volume = WritableVolumes.mount(device)) {
      Node directory = volume.lookup(volume.root(), "directory");
      assertEquals(SIMILAR, new HashSet<>(Walk.names(volume, "/directory")).size());
      long free = volume.space().freeBytes();
      for (int i = 0; i < SIMILAR; i += 2) {
        volume.delete(volume.lookup(directory, similar(i)));
      }
      // Parts of long names in other sectors than their entries are free once all is written.
      volume.force();
      // Free slots are found again: the directory does not grow.
      for (int i = 0; i < SIMILAR; i += 2) {
        volume.create(directory, similar(i), NodeType.FILE, AttributeChange.NONE);
      }
      assertEquals(free, volume.space().freeBytes());
    }
    // The directory has 3,750 sectors; each is read a few times at most.
    assertTrue(device.sectorsRead() < 20_000, () -> device.sectorsRead() + " sectors read");
    assertFsckIsContent(device);
    try (MountedVolume volume = WritableVolumes.mount(device)) {
      Node directory = volume.lookup(volume.root(), "directory");
      for (int i = 0; i < SIMILAR; i++) {
        volume.delete(volume.lookup(directory, similar(i)));
      }
      assertEquals(List.of(), Walk.names(volume, "/directory"));
      volume.delete(directory);
    }
    assertFsckIsContent(device);
  }

  @Test
  void aHundredThousandFilesAreMadeAndRead() throws Exception {
    CountingDevice device = formatted(256 << 20);
    byte[] byteOfFile = new byte[1];
    try (MountedVolume volume = WritableVolumes.mount(device)) {
      for (int i = 0; i < DIRECTORIES; i++) {
        Node directory =
            volume.create(volume.root(), "d" + i, NodeType.DIRECTORY, AttributeChange.NONE);
        for (int j = 0; j < FILES_IN_EACH; j++) {
          byteOfFile[0] = (byte) (i + j);
          try (OpenNode file =
              volume.open(volume.create(directory, "f" + j, NodeType.FILE, AttributeChange.NONE))) {
            file.write(0, byteOfFile, 0, 1);
          }
        }
      }
    }
    assertFsckIsContent(device);
    try (MountedVolume volume = WritableVolumes.mount(device)) {
      for (int i = 0; i < DIRECTORIES; i++) {
        Node directory = volume.lookup(volume.root(), "d" + i);
        for (int j = 0; j < FILES_IN_EACH; j++) {
          try (OpenNode file = volume.open(volume.lookup(directory, "f" + j))) {
            assertEquals(1, file.read(0, byteOfFile, 0, 1));
            assertEquals((byte) (i + j), byteOfFile[0]);
          }
        }
      }
    }
  }

  @Test
  void aVolumeOfOneTebibyteOpensAndListsLikeASmallOne() throws IOException {
    long small = sectorsToOpenAndList(1L << 30);
    long large = sectorsToOpenAndList(1L << 40);
    assertTrue(large <= small, () -> large + " sectors read, of the small volume " + small);
  }

  private static long sectorsToOpenAndList(long bytes) throws IOException {
    CountingDevice device = formatted(bytes);
    try (MountedVolume volume = WritableVolumes.mount(device)) {
      Node directory =
          volume.create(volume.root(), "directory", NodeType.DIRECTORY, AttributeChange.NONE);
      for (int i = 0; i < 5; i++) {
        try (OpenNode file =
            volume.open(
                volume.create(directory, "file " + i, NodeType.FILE, AttributeChange.NONE))) {
          file.write(0, new byte[100], 0, 100);
        }
      }
    }
    device.reset();
    try (MountedVolume volume = WritableVolumes.mount(device)) {
      assertEquals(6, Walk.tree(volume).size());
      assertEquals(100, Walk.read(volume, "/directory/file 3").length);
      assertTrue(volume.label().isEmpty());
    }
    return device.sectorsRead();
  }
}
