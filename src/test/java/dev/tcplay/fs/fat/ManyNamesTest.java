package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.GrownFileSystem;
import dev.tcplay.fs.cluster.NameBudget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Trees of more names than a check keeps, or of more directories one in the other. */
class ManyNamesTest {

  private static final int BYTES = 16 << 20;

  /** Two tables have each name: the last directory has no room for all of its own. */
  private static final int[] NAMES = {65_500, 65_500, 100};

  /** Writes a directory of many empty files, and one directory, in one piece. */
  private static void fill(
      BlockDevice disk, Geometry geometry, int first, int parent, int names, int below)
      throws IOException {
    int slot = DirectorySlots.SLOT_BYTES;
    ByteBuffer slots = ByteBuffer.allocate((names + 3) * slot).order(ByteOrder.LITTLE_ENDIAN);
    put(slots, 0, ".          ", SlotReader.DIRECTORY, first);
    put(slots, 1, "..         ", SlotReader.DIRECTORY, parent);
    for (int i = 0; i < names; i++) {
      put(slots, 2 + i, "N%07d   ".formatted(i), SlotReader.ARCHIVE, 0);
    }
    if (below != 0) {
      put(slots, 2 + names, "BELOW      ", SlotReader.DIRECTORY, below);
    }
    disk.write(geometry.position(first), slots.array(), 0, slots.capacity());
    chain(disk, geometry, first, slots.capacity() / geometry.clusterSize() + 1);
  }

  private static void put(ByteBuffer slots, int slot, String name, int flags, int cluster) {
    int at = slot * DirectorySlots.SLOT_BYTES;
    slots.put(at, name.getBytes(StandardCharsets.US_ASCII)).put(at + 11, (byte) flags);
    slots.putShort(at + 26, (short) cluster);
  }

  private static void chain(BlockDevice disk, Geometry geometry, int first, int count)
      throws IOException {
    ByteBuffer entries = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 1; i < count; i++) {
      entries.putShort((short) (first + i));
    }
    entries.putShort((short) -1);
    for (int copy = 0; copy < 2; copy++) {
      long table = geometry.fatPosition() + copy * geometry.fatLength();
      disk.write(table + geometry.type().position(first), entries.array(), 0, 2 * count);
    }
  }

  @Test
  void aTreeOfMoreNamesThanACheckKeepsIsNotDamagedAndGrows() throws IOException {
    MemoryDevice disk = new MemoryDevice(2 * BYTES);
    BlockDevice half = new LinearDevice(disk, 0, BYTES);
    new FatDriver().format(half, WritableVolume.options("FAT16"));
    Geometry geometry = BootRegion.find(half).geometry();
    int clusters = (NAMES[0] + 3) * DirectorySlots.SLOT_BYTES / geometry.clusterSize() + 1;
    int first = 10;
    byte[] entry = new byte[DirectorySlots.SLOT_BYTES];
    put(ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN), 0, "TOP        ", 0x10, first);
    disk.write(geometry.rootPosition(), entry, 0, entry.length);
    for (int level = 0; level < NAMES.length; level++) {
      int at = first + level * clusters;
      int parent = level == 0 ? 0 : at - clusters;
      int below = level < NAMES.length - 1 ? at + clusters : 0;
      fill(disk, geometry, at, parent, NAMES[level], below);
    }
    assertEquals(List.of(NameBudget.NOT_COMPARED), kinds(half));
    GrownFileSystem grown = new FatDriver().grow(disk, WritableVolumes.OPTIONS);
    assertFalse(grown.limit().orElse("").contains("damage"), grown::toString);
  }

  private static List<String> kinds(BlockDevice disk) throws IOException {
    return Checks.findings(disk).stream().map(Finding::kind).toList();
  }

  @Test
  void directoriesThatLieTooDeepAreNamed() throws IOException {
    FatImage image = new FatImage(FatType.FAT16);
    int parent = FatImage.ROOT;
    for (int cluster = 10; cluster < 4120; cluster++) {
      image.addDirectory(parent, "D          ", cluster);
      parent = cluster;
    }
    Set<String> found =
        Checks.findings(image.device).stream().map(Finding::kind).collect(Collectors.toSet());
    assertTrue(found.contains("too-deep"), found::toString);
  }
}
