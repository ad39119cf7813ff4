package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.RepairOptions;
import dev.tcplay.testing.KeptDevice;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A repair leaves alone what only looks as if nobody needed it. */
class RepairSafetyTest {

  private static final RepairOptions FREE = RepairOptions.DEFAULT;

  private static List<Finding> repair(BlockDevice device, RepairOptions how) throws IOException {
    List<Finding> findings = new ArrayList<>();
    BlockDevice cached = new CachedDevice(new KeptDevice(device), 1 << 20, Duration.ZERO);
    try (cached) {
      new FatDriver().repair(cached, WritableVolume.OPTIONS, how, findings::add);
      cached.flush();
    }
    return findings;
  }

  private static byte[] bytes(BlockDevice device) throws IOException {
    return bytes(device, 0, (int) device.size());
  }

  private static byte[] bytes(BlockDevice device, long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    device.read(position, bytes, 0, length);
    return bytes;
  }

  private static byte[] deletedSlot() {
    byte[] slot = new byte[32];
    slot[0] = (byte) 0xE5;
    return slot;
  }

  private static boolean isFound(String kind, List<Finding> findings) {
    return findings.stream().anyMatch(finding -> finding.kind().equals(kind));
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void aVolumeWithNothingToMendIsNotWritten(FatType type) throws Exception {
    FatImage image = new FatImage(type);
    image.add(0, "OTHER      ", 0x08, 0, 0);
    image.add(0, "bad name   ", 0x20, 0, 0);
    byte[] before = bytes(image.device);
    List<Finding> findings = repair(image.device, FREE);
    assertTrue(isFound("label-differs", findings), findings::toString);
    assertArrayEquals(before, bytes(image.device));
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void aVolumeThatWasCleanIsCleanAgainThoughFindingsAreLeft(FatType type) throws Exception {
    FatImage image = new FatImage(type);
    image.add(0, "OTHER      ", 0x08, 0, 0);
    image.chain(70, 71);
    List<Finding> findings = repair(image.device, FREE);
    assertTrue(isFound("label-differs", findings), findings::toString);
    assertFalse(isFound("dirty", findings), findings::toString);
    List<Finding> again = repair(image.device, FREE);
    assertEquals(
        List.of("label-differs"), again.stream().map(Finding::kind).toList(), again::toString);
  }

  /** A wrong bit in the attributes makes a directory of a file. */
  @ParameterizedTest
  @EnumSource(FatType.class)
  void theContentsOfAFileThatIsTakenForADirectoryAreNotWritten(FatType type) throws Exception {
    FatImage image = new FatImage(type);
    image.add(0, "NOTES   TXT", 0x30, 40, 512);
    image.chain(40);
    for (byte[] slot : FatImage.longSlots("what looks like a long name", "NOBODY     ")) {
      image.addSlot(40, slot);
    }
    image.add(40, "PART    TXT", 0x20, 50, 0);
    image.chain(50, 51);
    byte[] contents = bytes(image.device, image.position(40), 512);
    repair(image.device, FREE);
    assertArrayEquals(contents, bytes(image.device, image.position(40), 512));
  }

  /** The chain of the directory leads into a file by a wrong link. */
  @ParameterizedTest
  @EnumSource(FatType.class)
  void theContentsOfAFileThatADirectoryRunsIntoAreNotWritten(FatType type) throws Exception {
    FatImage image = new FatImage(type);
    image.addDirectory(0, "DIR        ", 39);
    image.add(0, "FILE    TXT", 0x20, 40, 512);
    image.chain(40);
    image.fat(39, 40);
    for (int slot = 2; slot < 16; slot++) {
      image.addSlot(39, deletedSlot());
    }
    for (byte[] slot : FatImage.longSlots("what looks like a long name", "NOBODY     ")) {
      image.addSlot(40, slot);
    }
    byte[] contents = bytes(image.device, image.position(40), 512);
    repair(image.device, FREE);
    assertArrayEquals(contents, bytes(image.device, image.position(40), 512));
  }

  /** Linux and fsck.fat look behind a slot that was never used. */
  @ParameterizedTest
  @EnumSource(FatType.class)
  void clustersOfEntriesBehindTheEndAreNotFreed(FatType type) throws Exception {
    FatImage image = new FatImage(type);
    image.add(0, "FIRST   TXT", 0x20, 40, 512);
    image.chain(40);
    image.addSlot(0, new byte[32]);
    image.add(0, "BEHIND  TXT", 0x20, 50, 1024);
    image.chain(50, 51);
    assertTableStays(image);
  }

  /** A wrong bit in the attributes makes a label of a file. */
  @ParameterizedTest
  @EnumSource(FatType.class)
  void clustersOfAFileThatIsTakenForALabelAreNotFreed(FatType type) throws Exception {
    FatImage image = new FatImage(type);
    image.add(0, "FILE    TXT", 0x28, 50, 1024);
    image.chain(50, 51);
    assertTableStays(image);
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void anEntryThatIsTakenForAPartOfALongNameStays(FatType type) throws Exception {
    FatImage image = new FatImage(type);
    long at = image.add(0, "FILE    TXT", 0x0F, 50, 1024);
    image.chain(50, 51);
    image.add(0, "NEXT    TXT", 0x20, 0, 0);
    byte[] entry = bytes(image.device, at, 32);
    assertTableStays(image);
    assertArrayEquals(entry, bytes(image.device, at, 32));
  }

  /** Files of a directory may stand behind those that any system looks at. */
  @Test
  void clustersOfEntriesBehindTheLargestDirectoryAreNotFreed() throws Exception {
    FatImage image = new FatImage(FatType.FAT16);
    int[] chain = new int[DirectorySlots.MAX_SLOTS / 16 + 1];
    Arrays.setAll(chain, i -> 100 + i);
    image.addDirectory(0, "LARGE      ", 100);
    image.chain(chain);
    byte[] deleted = deletedSlot();
    for (int slot = 2; slot < DirectorySlots.MAX_SLOTS; slot++) {
      image.addSlot(100, deleted);
    }
    image.add(100, "LAST    TXT", 0x20, 50, 1024);
    image.chain(50, 51);
    assertTableStays(image);
  }

  private static void assertTableStays(FatImage image) throws IOException {
    FatTable.Cursor before = cursor(image);
    int[] links = {before.get(50), before.get(51)};
    List<Finding> findings = repair(image.device, FREE);
    FatTable.Cursor after = cursor(image);
    assertArrayEquals(links, new int[] {after.get(50), after.get(51)}, findings::toString);
    assertTrue(
        findings.stream()
            .anyMatch(finding -> finding.kind().equals("lost-clusters") && !finding.mended()),
        findings::toString);
  }

  private static FatTable.Cursor cursor(FatImage image) throws IOException {
    Geometry geometry = BootRegion.find(image.device).geometry();
    return new FatTable(image.device, geometry).cursor();
  }

  /** The second copy is an old one; in the first one entry is damaged. */
  @ParameterizedTest
  @EnumSource(value = FatType.class, names = "FAT12", mode = EnumSource.Mode.EXCLUDE)
  void aCopyOfTheTableThatChangesASoundFileIsNotTaken(FatType type) throws Exception {
    FatImage image = new FatImage(type);
    image.add(0, "SOUND   TXT", 0x20, 40, 1024);
    image.add(0, "VICTIM  TXT", 0x20, 60, 1024);
    image.chain(40, 41);
    image.chain(60, 61);
    int width = type == FatType.FAT16 ? 2 : 4;
    image.put(image.fatPosition() + (long) width * 40, 50, width);
    image.put(image.fatPosition() + (long) width * 50, 0xFFFFFFF, width);
    image.put(image.fatPosition() + (long) width * 41, 0, width);
    image.put(image.fatPosition() + (long) width * 61, 0, width);
    image.put(image.position(50), "this is what the file says");
    List<Finding> findings = repair(image.device, FREE);
    assertEquals(50, cursor(image).get(40), findings::toString);
    assertTrue(
        findings.stream()
            .anyMatch(finding -> finding.kind().equals("fats-differ") && !finding.mended()),
        findings::toString);
  }

  /** Files made in the same moment agree in their creation; that makes no rename of them. */
  @ParameterizedTest
  @EnumSource(FatType.class)
  void filesThatDifferInSizeAreNoPairOnADirtyVolumeEither(FatType type) throws Exception {
    FatImage image = new FatImage(type);
    long one = image.add(0, "ONE     TXT", 0x20, 40, 512);
    long two = image.add(0, "TWO     TXT", 0x20, 40, 1024);
    image.chain(40, 41);
    image.chain(50, 51);
    image.put(one + 14, 0x58216000, 4);
    image.put(two + 14, 0x58216000, 4);
    image.put(type == FatType.FAT32 ? 65 : 37, 1, 1);
    byte[] before = bytes(image.device, one, 64);
    List<Finding> findings = repair(image.device, FREE);
    assertArrayEquals(before, bytes(image.device, one, 64), findings::toString);
    assertEquals(51, cursor(image).get(50), findings::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "..", "lost/../found", "FILE.TXT", "FILE.TXT/below", " ends. "})
  void aPlaceThatCannotKeepFilesIsRefusedBeforeAnythingIsWritten(String path) throws Exception {
    FatImage image = new FatImage(FatType.FAT16);
    image.add(0, "FILE    TXT", 0x20, 40, 512);
    image.chain(40, 41);
    image.chain(50, 51);
    byte[] before = bytes(image.device);
    assertThrows(
        FileSystemException.class,
        () -> repair(image.device, RepairOptions.DEFAULT.withKeepLost(Optional.of(path))));
    assertArrayEquals(before, bytes(image.device));
  }
}
