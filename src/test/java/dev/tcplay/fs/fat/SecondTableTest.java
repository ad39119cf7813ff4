package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.FlakeyDevice;
import dev.tcplay.block.FlakeyDevice.Fault;
import dev.tcplay.block.FlakeyDevice.Operation;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.KeptDevice;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the first table is damaged at its start, or cannot be read, the second one serves. */
class SecondTableTest {

  @TempDir private Path folder;

  /** Spoils the first of both tables from its start, all of it or a part. */
  private static FatImage withFirstTableLost(FatType type, int bytes) throws IOException {
    FatImage image = Checks.sound(type);
    byte[] rubbish = new byte[bytes];
    Arrays.fill(rubbish, (byte) 0x5A);
    image.device.write(image.fatPosition(), rubbish, 0, bytes);
    return image;
  }

  /** Returns a device whose first table cannot be read until it is written. */
  private static BlockDevice unreadable(FatImage image, boolean untilWritten) {
    long start = image.fatPosition();
    boolean[] written = {false};
    return new FlakeyDevice(
        image.device,
        (number, operation, position, length) -> {
          boolean isTable = position + length > start && position < start + 40 * 512;
          written[0] |= untilWritten && isTable && operation == Operation.WRITE;
          return isTable && operation == Operation.READ && !written[0] ? Fault.FAIL : Fault.NONE;
        });
  }

  private static void assertReadBySecond(BlockDevice device, Map<String, byte[]> wanted, String why)
      throws IOException {
    MountedVolume volume = new FatDriver().mount(device, WritableVolume.OPTIONS);
    assertTrue(volume.isReadOnly());
    assertEquals(1, volume.warnings().size(), volume.warnings()::toString);
    String warning = volume.warnings().get(0);
    assertTrue(warning.contains(why) && warning.endsWith("FAT 1 is read in its place"), warning);
    for (Map.Entry<String, byte[]> file : wanted.entrySet()) {
      assertArrayEquals(file.getValue(), Walk.read(volume, file.getKey()), file.getKey());
    }
    volume.close();
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void aTableThatIsRubbishIsNotRead(FatType type) throws Exception {
    Map<String, byte[]> wanted = Repairs.readable(Checks.sound(type).device);
    assertEquals(2, wanted.size());
    for (int bytes : new int[] {1, 512, 40 * 512}) {
      FatImage image = withFirstTableLost(type, bytes);
      assertReadBySecond(new KeptDevice(image.device), wanted, "entry 0 of FAT 0");
    }
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void aTableThatCannotBeReadIsNotRead(FatType type) throws Exception {
    FatImage image = Checks.sound(type);
    Map<String, byte[]> wanted = Repairs.readable(image.device);
    assertReadBySecond(unreadable(image, false), wanted, "FAT 0 cannot be read");
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void aRepairWritesTheFirstTableAnew(FatType type) throws Exception {
    byte[] before = Repairs.bytes(Checks.sound(type).device);
    for (int bytes : new int[] {1, 512, 40 * 512}) {
      FatImage image = withFirstTableLost(type, bytes);
      List<Finding> found = Checks.findings(image.device);
      assertTrue(found.stream().anyMatch(finding -> finding.kind().equals("fat-media")));
      assertTrue(found.stream().anyMatch(finding -> finding.kind().equals("fats-differ")));
      List<Finding> repaired = Repairs.repair(image.device, Repairs.FREE);
      assertEquals(found.size(), repaired.size());
      assertTrue(repaired.stream().allMatch(Finding::mended), repaired::toString);
      assertArrayEquals(before, Repairs.bytes(image.device));
      assertSound(image);
    }
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void aRepairWritesOverWhatCannotBeRead(FatType type) throws Exception {
    FatImage image = Checks.sound(type);
    byte[] before = Repairs.bytes(image.device);
    BlockDevice device = unreadable(image, true);
    assertEquals(
        List.of("fat-unreadable"), Checks.findings(device).stream().map(Finding::kind).toList());
    List<Finding> repaired = Repairs.repair(device, Repairs.FREE);
    assertEquals(1, repaired.size(), repaired::toString);
    assertTrue(repaired.get(0).mended());
    assertArrayEquals(before, Repairs.bytes(image.device));
    assertSound(image);
  }

  private void assertSound(FatImage image) throws Exception {
    Path saved = WritableVolumes.save(image.device, folder.resolve("volume.img"));
    Judge.Verdict fsck = Judge.run("fsck.fat", "-n", saved.toString());
    assertEquals(0, fsck.status(), fsck.output());
    if (image.type != FatType.FAT32) { // mtools takes one of so few clusters for FAT12
      Judge.Verdict type = Judge.run("mtype", "-i", saved.toString(), "::/FILE.TXT");
      assertEquals(0, type.status(), type.output());
    }
  }

  /** Only a check reads all of the table; a mount meets the fault where it reads. */
  @ParameterizedTest
  @EnumSource(FatType.class)
  void aFaultInTheMiddleOfTheFirstTableIsReadPastAndMended(FatType type) throws Exception {
    FatImage image = Checks.sound(type);
    Map<String, byte[]> wanted = Repairs.readable(image.device);
    byte[] before = Repairs.bytes(image.device);
    int entry = type == FatType.FAT12 ? 700 : type == FatType.FAT16 ? 600 : 300;
    image.chain(40, entry);
    byte[] moved = new byte[512];
    image.device.read(image.position(41), moved, 0, 512);
    image.device.write(image.position(entry), moved, 0, 512);
    image.fat(41, 0);
    long bad = image.fatPosition() + type.position(entry) / 512 * 512;
    boolean[] written = {false};
    BlockDevice device =
        new FlakeyDevice(
            image.device,
            (number, operation, position, length) -> {
              boolean meets = position + length > bad && position < bad + 512;
              written[0] |= meets && operation == Operation.WRITE;
              return meets && operation == Operation.READ && !written[0] ? Fault.FAIL : Fault.NONE;
            });
    MountedVolume volume = Volumes.mount(new KeptDevice(device));
    for (Map.Entry<String, byte[]> file : wanted.entrySet()) {
      assertArrayEquals(file.getValue(), Walk.read(volume, file.getKey()), file.getKey());
    }
    assertEquals(
        List.of("FAT 0 cannot be read everywhere; FAT 1 is read in its place"), volume.warnings());
    volume.close();
    assertEquals(
        List.of("fat-unreadable"), Checks.findings(device).stream().map(Finding::kind).toList());
    List<Finding> repaired = Repairs.repair(device, Repairs.FREE);
    assertEquals(List.of(true), repaired.stream().map(Finding::mended).toList());
    assertTrue(written[0] && !Arrays.equals(before, Repairs.bytes(image.device)));
    assertSound(image);
  }

  /** A second table that fits no better is not written over the first. */
  @Test
  void aSecondTableThatDoesNotFitStaysWhereItIs() throws Exception {
    FatImage image = withFirstTableLost(FatType.FAT16, 1);
    long second = image.fatPosition() + 40 * 512;
    image.put(second + 2 * 40, 30, 2); // The chain of a file leads into another file.
    byte[] before = Repairs.bytes(image.device);
    List<Finding> repaired = Repairs.repair(image.device, Repairs.FREE);
    assertFalse(repaired.stream().anyMatch(Finding::mended), repaired::toString);
    assertArrayEquals(before, Repairs.bytes(image.device));
  }

  /** Where both begin alike, nothing speaks for the second. */
  @Test
  void aSecondTableWithTheSameDamageDoesNotServe() throws Exception {
    FatImage image = Checks.sound(FatType.FAT16);
    image.fat(0, 0xFFF0);
    MountedVolume volume = new FatDriver().mount(image.device, WritableVolume.OPTIONS);
    assertFalse(volume.isReadOnly());
    assertEquals(List.of(), volume.warnings());
  }

  @Test
  void aVolumeWithoutAnyReadableTableIsNotMounted() throws Exception {
    FatImage image = Checks.sound(FatType.FAT16);
    long start = image.fatPosition();
    BlockDevice device =
        new FlakeyDevice(
            image.device,
            (number, operation, position, length) ->
                position >= start && position < start + 80 * 512 ? Fault.FAIL : Fault.NONE);
    assertThrows(IOException.class, () -> new FatDriver().mount(device, WritableVolume.OPTIONS));
  }

  /** The mark of being in use in the first table is no damage. */
  @ParameterizedTest
  @EnumSource(
      value = FatType.class,
      names = {"FAT16", "FAT32"})
  void theMarkOfBeingInUseIsNoDamage(FatType type) throws Exception {
    FatImage image = Checks.sound(type);
    image.fat(1, type == FatType.FAT16 ? 0x3FFF : 0x3FFFFFF);
    MountedVolume volume = new FatDriver().mount(image.device, WritableVolume.OPTIONS);
    assertFalse(volume.isReadOnly());
  }
}
