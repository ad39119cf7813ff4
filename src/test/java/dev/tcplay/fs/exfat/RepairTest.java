package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.RepairOptions;
import dev.tcplay.testing.KeptDevice;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a repair mends, and what it leaves alone. */
class RepairTest {

  /** Damage after which nothing is amiss any more. */
  private static final Set<Damage> MENDED =
      EnumSet.of(
          Damage.BOOT_SECTOR,
          Damage.BOOT_CHECKSUM,
          Damage.BACKUP_CHECKSUM,
          Damage.DIRTY,
          Damage.MEDIA_IN_TABLE,
          Damage.NAME_HASH,
          Damage.EMPTY_TWIN,
          Damage.CLUSTER_WITHOUT_BYTES,
          Damage.VALID_LENGTH,
          Damage.CHAIN_TOO_LONG,
          Damage.MARKED_FREE,
          Damage.MARKED_FREE_IN_A_CHAIN,
          Damage.BITMAP_MARKED_FREE,
          Damage.TORN_END,
          Damage.TORN_START,
          Damage.DIRECTORY_IN_ITSELF,
          Damage.TWO_NAMES_OF_A_FILE,
          Damage.TWO_NAMES_OF_A_DIRECTORY,
          Damage.LOST);

  static List<Finding> repair(BlockDevice volume, RepairOptions how) throws IOException {
    List<Finding> findings = new ArrayList<>();
    try (BlockDevice cache = new CachedDevice(new KeptDevice(volume), 1 << 16, Duration.ZERO)) {
      new ExFatDriver().repair(cache, MountOptions.DEFAULT, how, findings::add);
      cache.flush();
    }
    return findings;
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void whatIsSafeIsMendedAndAllElseStays(Damage damage, @TempDir Path folder) throws Exception {
    HandMadeImage image = damage.image();
    byte[] before = image.get(0, (int) image.device.size());
    List<Finding> told = repair(image.device, RepairOptions.DEFAULT);
    byte[] after = image.get(0, before.length);
    List<Finding> left = CheckTest.check(image.device);
    assertEquals(left, told.stream().filter(finding -> !finding.mended()).toList());
    if (MENDED.contains(damage)) {
      assertEquals(List.of(), left);
      assertTrue(told.stream().anyMatch(finding -> finding.kind().equals(damage.kind)));
      assertTrue(CheckTest.isClean(CheckTest.fsck(image, folder)));
    } else if (damage != Damage.NONE) {
      assertTrue(left.stream().anyMatch(finding -> finding.kind().equals(damage.kind)));
      // What is in use stays so, as it may belong to what is damaged.
      assertTrue(used(image, before) <= used(image, after), told::toString);
    }
    repair(image.device, RepairOptions.DEFAULT);
    assertArrayEquals(after, image.get(0, before.length), "a second repair changes nothing");
  }

  private static int used(HandMadeImage image, byte[] volume) {
    int used = 0;
    for (int i = 0; i < image.geometry.bitmapBytes(); i++) {
      used += Integer.bitCount(volume[(int) image.position(2) + i] & 0xFF);
    }
    return used;
  }

  @Test
  void lostClustersAreKeptAsFiles(@TempDir Path folder) throws Exception {
    HandMadeImage image = Damage.Sound.image();
    for (int cluster : new int[] {200, 201, 202, 300}) {
      image.mark(cluster, true);
      image.put(image.position(cluster), 0x1111L * cluster, 4);
    }
    List<Finding> told =
        repair(image.device, RepairOptions.DEFAULT.withKeepLost(Optional.of("lost/found")));
    assertTrue(told.stream().allMatch(Finding::mended), told::toString);
    assertEquals(List.of(), CheckTest.check(image.device));
    assertTrue(CheckTest.isClean(CheckTest.fsck(image, folder)));
    Map<String, byte[]> files = RepairCutTest.readable(image.device);
    assertEquals(3 * HandMadeImage.CLUSTER, files.get("/lost/found/FSCK0000.REC").length);
    assertArrayEquals(
        image.get(image.position(300), HandMadeImage.CLUSTER),
        files.get("/lost/found/FSCK0001.REC"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "..", "lost/../found", "plain.txt", "plain.txt/below", " ends. "})
  void aPlaceThatCannotKeepFilesIsRefusedBeforeAnythingIsWritten(String path) throws Exception {
    HandMadeImage image = Damage.LOST.image();
    byte[] before = image.get(0, (int) image.device.size());
    RepairOptions how = RepairOptions.DEFAULT.withKeepLost(Optional.of(path));
    assertThrows(FileSystemException.class, () -> repair(image.device, how));
    assertArrayEquals(before, image.get(0, before.length));
  }

  /**
   * Clusters of entries that nobody lists stay in use, and files are no directories to be mended.
   */
  @Test
  void whatOnlyLooksAsIfNobodyNeededItIsLeftAlone() throws Exception {
    HandMadeImage image = Damage.Sound.image();
    image.addDirectory(HandMadeImage.ROOT, "notes.txt", 80);
    for (int at = 0; at < HandMadeImage.CLUSTER; at += 512) {
      image.put(image.position(80) + at, 0xC1, 1);
      image.put(image.position(80) + at + 32, 0x99, 1);
    }
    image.skip(Damage.Sound.DIRECTORY, 1, 0);
    image.chain(90);
    image.addFile(Damage.Sound.DIRECTORY, "behind the end", HandMadeImage.CHAINED, 90, 10);
    byte[] before = image.get(0, (int) image.device.size());
    List<Finding> told = repair(image.device, RepairOptions.DEFAULT);
    assertTrue(told.stream().noneMatch(Finding::mended), told::toString);
    assertArrayEquals(before, image.get(0, before.length));
  }

  /** What a directory had that does not say so is in use by nobody who is known. */
  @Test
  void whatADirectoryWithoutClustersMayHaveHadIsNotFreed() throws Exception {
    HandMadeImage image = Damage.DIRECTORY_WITHOUT_BYTES.image();
    Damage.LOST.on(image);
    byte[] before = image.get(0, (int) image.device.size());
    List<Finding> told = repair(image.device, RepairOptions.DEFAULT);
    assertTrue(told.stream().noneMatch(Finding::mended), told::toString);
    assertEquals(used(image, before), used(image, image.get(0, before.length)));
  }

  /** Errors of the medium are no damage of the tree, and no repair takes their mark away. */
  @Test
  void theMarkOfBeingInUseGoesThoughThatOfMediaErrorsStays() throws Exception {
    HandMadeImage image = Damage.Sound.image();
    image.put(BootSector.VOLUME_FLAGS_POSITION, 2 | 4, 2);
    List<Finding> told = repair(image.device, RepairOptions.DEFAULT);
    assertEquals(
        List.of("dirty true", "media-errors false"),
        told.stream().map(finding -> finding.kind() + " " + finding.mended()).toList());
    assertEquals(4, image.get(BootSector.VOLUME_FLAGS_POSITION, 1)[0]);
  }

  /** A TexFAT volume, or one that is not all there, is told of and not written. */
  @Test
  void whatIsMountedReadOnlyIsNotWritten() throws Exception {
    HandMadeImage image = Damage.LOST.image();
    for (int region = 0; region <= 12; region += 12) {
      image.put(region * 512L + 72, 40_000, 8);
      byte[] sectors = image.get(region * 512L, 12 * 512);
      BootRegion.seal(sectors, 512);
      image.device.write(region * 512L, sectors, 0, sectors.length);
    }
    byte[] before = image.get(0, (int) image.device.size());
    List<Finding> told = repair(image.device, RepairOptions.DEFAULT);
    assertTrue(told.stream().noneMatch(Finding::mended), told::toString);
    assertTrue(told.stream().anyMatch(finding -> finding.kind().equals("volume-size")));
    assertArrayEquals(before, image.get(0, before.length));
  }
}
