package dev.tcplay.fs.fat;

import static dev.tcplay.fs.fat.RenameCuts.NEW;
import static dev.tcplay.fs.fat.RenameCuts.OLD;
import static dev.tcplay.fs.fat.RenameCuts.assertNothingShared;
import static dev.tcplay.fs.fat.RenameCuts.cleanUp;
import static dev.tcplay.fs.fat.RenameCuts.make;
import static dev.tcplay.fs.fat.RenameCuts.position;
import static dev.tcplay.fs.fat.RenameCuts.readAgain;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.KeptDevice;
import dev.tcplay.testing.Walk;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with two names of other origin than a rename lose nothing by ordinary use. */
class SecondNamesRecoveryTest {

  @TempDir Path folder;

  /**
   * Of a directory that has grown over several sectors, a crash may leave the old contents of one
   * and the new ones of the next: what was moved there stands behind the mark of the end. Who looks
   * behind it, as Linux and fsck.fat do, finds two names of one file.
   */
  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void aNameBehindTheEndOfItsDirectoryDoesNotOutliveTheFile(String type) throws Exception {
    MemoryDevice disk = new MemoryDevice(WritableVolume.smallest(type));
    new FatDriver().format(disk, WritableVolume.options(type));
    MountedVolume volume = WritableVolumes.mount(disk);
    volume.create(volume.root(), "dir", NodeType.DIRECTORY, AttributeChange.NONE);
    for (int i = 10; i < 40; i++) {
      make(volume, "/dir/N" + i, new byte[0]);
    }
    make(volume, "/X", NEW);
    make(volume, "/OTHER", OLD);
    volume.close();
    byte[] slot = new byte[DirectorySlots.SLOT_BYTES];
    disk.read(position(disk, "/X"), slot, 0, slot.length);
    slot[0] = 'Y';
    disk.write(position(disk, "/dir/N35"), slot, 0, slot.length);
    disk.write(position(disk, "/dir/N10"), new byte[1], 0, 1);
    disk.write(type.equals("FAT32") ? 65 : 37, new byte[] {1}, 0, 1);

    MountedVolume used = WritableVolumes.mount(disk);
    assertTrue(
        used.warnings().stream().anyMatch(text -> text.contains("behind the end of /dir")),
        () -> used.warnings().toString());
    cleanUp(used, "/X");
    used.close();
    assertArrayEquals(OLD, readAgain(disk, "/OTHER"));
    assertNothingShared(disk, folder);
  }

  @Test
  void filesThatShareClustersByOtherDamageAreNeitherWrittenNorFreed() throws Exception {
    try (WritableVolume disk = WritableVolume.of("FAT16")) {
      disk.file("/one", OLD);
      disk.file("/other", Arrays.copyOf(NEW, 100));
      disk.volume().close();
      long one = position(disk.disk(), "/one");
      long other = position(disk.disk(), "/other");
      byte[] cluster = new byte[2];
      disk.disk().read(one + 26, cluster, 0, 2);
      disk.disk().write(other + 26, cluster, 0, 2);
      disk.disk().write(other + 16, new byte[] {0x22, 0x22}, 0, 2);
      disk.disk().write(37, new byte[] {1}, 0, 1);
      MountedVolume volume = WritableVolumes.mount(disk.disk());
      assertTrue(
          volume.warnings().stream().anyMatch(text -> text.contains("share clusters")),
          () -> volume.warnings().toString());
      try (OpenNode open = volume.open(Walk.find(volume, "/one"))) {
        FileSystemException e =
            assertThrows(FileSystemException.class, () -> open.write(0, NEW, 0, 10));
        assertTrue(e.getReason().contains("shares its clusters"), e.getReason());
      }
      volume.delete(Walk.find(volume, "/other"));
      cleanUp(volume, "/nothing");
      volume.close();
      assertArrayEquals(OLD, readAgain(disk.disk(), "/one"));
    }
  }

  /**
   * A power cut has left both names of a file in a directory, and both names of the directory. The
   * old name of the file lies in two sectors, so that a part of it is left to be marked as deleted.
   */
  @Test
  void aDirectoryInThePlaceOfAnOldNameIsAnother() throws Exception {
    FatImage image = new FatImage(FatType.FAT16);
    int moved = 100;
    image.addDirectory(FatImage.ROOT, "OLD        ", moved);
    image.add(FatImage.ROOT, "NEW        ", FatImage.DIRECTORY, moved, 0);
    image.chain(moved, moved + 1);
    byte[] deleted = new byte[DirectorySlots.SLOT_BYTES];
    deleted[0] = (byte) 0xE5;
    for (int slot = 2; slot < 14; slot++) {
      image.addSlot(moved, deleted);
    }
    image.chain(50);
    image.addLong(moved, "first of two names", "FIRST~1    ", FatImage.ARCHIVE, 50, 10);
    image.add(moved, "FILE       ", FatImage.ARCHIVE, 50, 10);
    image.put(37, 1, 1);
    long place = position(image.device, "/OLD");
    MountedVolume volume = WritableVolumes.mount(image.device);
    assertNull(Walk.find(volume, "/OLD"));
    assertNull(Walk.find(volume, "/NEW/first of two names"));
    Node other = volume.create(volume.root(), "NOW", NodeType.DIRECTORY, AttributeChange.NONE);
    assertEquals(place, Directories.cast(other).entry().position());
    assertNull(Walk.find(volume, "/NOW/FILE"));
    make(volume, "/NOW/OWN", NEW);
    volume.close();
    assertArrayEquals(NEW, readAgain(image.device, "/NOW/OWN"));
    assertEquals(10, readAgain(image.device, "/NEW/FILE").length);
    assertNothingShared(image.device, folder);
  }

  /**
   * Somebody's malice: each directory has a cluster of its own and shares the rest, which lead to
   * the others.
   */
  @Test
  void directoriesThatShareTheirClustersAreNotReadAgainForEach() throws Exception {
    FatImage image = new FatImage(FatType.FAT32);
    int[] chain = IntStream.range(200, 1200).toArray();
    int last = chain[chain.length - 1];
    image.chain(chain);
    byte[] deleted = new byte[FatImage.SECTOR];
    for (int at = 0; at < deleted.length; at += DirectorySlots.SLOT_BYTES) {
      deleted[at] = (byte) 0xE5;
    }
    for (int cluster : chain) {
      image.device.write(image.position(cluster), deleted, 0, deleted.length);
    }
    for (int i = 0; i < 15; i++) {
      image.fat(100 + i, chain[0]);
      image.device.write(image.position(100 + i), deleted, 0, deleted.length);
      image.add(
          i == 0 ? FatImage.ROOT : last, "D%010d".formatted(i), FatImage.DIRECTORY, 100 + i, 0);
    }
    image.put(65, 1, 1);
    CountingDevice counting = new CountingDevice(new KeptDevice(image.device));
    try (MountedVolume volume = new FatDriver().mount(counting, WritableVolumes.OPTIONS)) {
      assertTrue(volume.isReadOnly());
      assertTrue(volume.warnings().toString().contains("clusters of the volume"));
      assertTrue(counting.sectorsRead() < 5000, () -> counting.sectorsRead() + " sectors");
      assertEquals(1, Walk.names(volume, "/").size());
    }
  }

  /** Damage, or somebody's malice: far more names lead to one chain than any crash leaves. */
  @ParameterizedTest
  @CsvSource({"FAT16, false", "FAT32, false", "FAT16, true", "FAT32, true"})
  void theNamesOfOneChainGoWithoutReadingTheirDirectoryForEach(FatType type, boolean isOneName)
      throws Exception {
    FatImage image = new FatImage(type);
    int first = 30;
    image.addDirectory(FatImage.ROOT, "DIR        ", first);
    image.chain(IntStream.range(first, first + 100).toArray());
    image.chain(10);
    int names = 1500;
    for (int i = 0; i < names; i++) {
      String name = isOneName ? "SAME    TXT" : "N%07dTXT".formatted(i);
      image.add(first, name, FatImage.ARCHIVE, 10, 100);
    }
    image.put(type == FatType.FAT32 ? 65 : 37, 1, 1);
    CountingDevice counting = new CountingDevice(new KeptDevice(image.device));
    MountedVolume volume = new FatDriver().mount(counting, WritableVolumes.OPTIONS);
    assertTrue(counting.sectorsRead() < 10L * names, () -> counting.sectorsRead() + " sectors");
    assertEquals(1, Walk.names(volume, "/DIR").size());
    List<String> warnings = volume.warnings();
    assertTrue(warnings.get(warnings.size() - 1).matches("\\d+ more names .*"), warnings::toString);
    assertTrue(String.join("", warnings).length() < 1 << 17);
    volume.close();
    assertNothingShared(image.device, folder);
  }
}
