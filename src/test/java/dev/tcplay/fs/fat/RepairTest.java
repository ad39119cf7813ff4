package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.RepairOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A repair mends what is safe to mend and touches nothing else. */
class RepairTest {

  /** What a repair always mends where it stands alone. */
  private static final Set<Damage> MENDED =
      EnumSet.of(
          Damage.TABLES_DIFFER,
          Damage.DIRTY,
          Damage.FREE_COUNT_TOO_HIGH,
          Damage.FREE_COUNT_TOO_LOW,
          Damage.CHAIN_TOO_LONG,
          Damage.EMPTY_WITH_CLUSTERS,
          Damage.ORPHAN_LONG_NAME,
          Damage.LONG_NAME_WITHOUT_START,
          Damage.PART_OF_A_NAME_WITH_A_CLUSTER);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Damage.class)
  void whatIsSoundStaysAndWhatIsMendedIsNotFoundAgain(Damage damage) throws Exception {
    FatImage image = damage.on(FatType.FAT32);
    BlockDevice device = image.device;
    Map<String, byte[]> before = Repairs.readable(device);
    List<Finding> found = Checks.findings(device);
    List<Finding> findings = Repairs.repair(device, Repairs.FREE);
    assertTrue(findings.size() >= found.size(), findings::toString);
    Map<String, byte[]> after = Repairs.readable(device);
    before.forEach(
        (path, bytes) -> {
          assertNotNull(after.get(path), () -> path + " is gone: " + findings);
          assertArrayEquals(bytes, after.get(path), path);
        });
    long left = findings.stream().filter(finding -> !finding.mended()).count();
    assertEquals(left, Checks.findings(device).size(), findings::toString);
    if (MENDED.contains(damage)) {
      assertEquals(0, left, findings::toString);
      assertEquals(Set.of(), Repairs.fsck(device, folder).classes());
    }
    byte[] once = Repairs.bytes(device);
    List<Finding> again = Repairs.repair(device, Repairs.FREE);
    assertEquals(left, again.size(), again::toString);
    if (left == 0) {
      assertArrayEquals(once, Repairs.bytes(device), "a sound volume is not written");
    }
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void lostClustersAreFreedOrKeptAsFiles(FatType type) throws Exception {
    for (boolean keep : new boolean[] {false, true}) {
      FatImage image = new FatImage(type);
      image.add(0, "FILE    TXT", 0x20, 40, 1024);
      image.chain(40, 41);
      image.chain(70, 71, 72);
      image.chain(90);
      image.put(image.position(71), "remember me");
      List<Finding> findings =
          Repairs.repair(
              image.device,
              keep ? RepairOptions.DEFAULT.withKeepLost(Optional.of("found/here")) : Repairs.FREE);
      assertTrue(findings.stream().allMatch(Finding::mended), findings::toString);
      assertTrue(
          findings.stream().anyMatch(finding -> finding.kind().equals("lost-clusters")),
          findings::toString);
      assertEquals(List.of(), Checks.findings(image.device));
      assertEquals(Set.of(), Repairs.fsck(image.device, folder).classes());
      Map<String, byte[]> files = Repairs.readable(image.device);
      assertEquals(keep ? 3 : 1, files.size(), () -> files.keySet().toString());
      if (keep) {
        byte[] first = files.get("/found/here/FSCK0000.REC");
        int cluster = first.length / 3;
        assertEquals("remember me", new String(first, cluster, 11, StandardCharsets.UTF_8));
        assertEquals(cluster, files.get("/found/here/FSCK0001.REC").length);
      }
    }
  }

  @Test
  void theCopyOfTheTableThatFitsTheDirectoriesCounts() throws Exception {
    FatImage image = new FatImage(FatType.FAT16);
    image.add(0, "FILE    TXT", 0x20, 40, 3 * 512);
    image.chain(40, 41, 42);
    Map<String, byte[]> before = Repairs.readable(image.device);
    image.put(image.fatPosition() + 2 * 41, 0, 2);
    assertFalse(Repairs.readable(image.device).equals(before));
    List<Finding> findings = Repairs.repair(image.device, Repairs.FREE);
    assertTrue(findings.stream().allMatch(Finding::mended), findings::toString);
    assertArrayEquals(before.get("/FILE.TXT"), Repairs.readable(image.device).get("/FILE.TXT"));
    assertEquals(Set.of(), Repairs.fsck(image.device, folder).classes());
  }

  @Test
  void whatMayBelongToADamagedFileIsNotFreed() throws Exception {
    FatImage image = new FatImage(FatType.FAT16);
    image.add(0, "FILE    TXT", 0x20, 40, 5 * 512);
    image.chain(40, 41);
    image.chain(60, 61, 62);
    byte[] before = Repairs.bytes(image.device);
    List<Finding> findings = Repairs.repair(image.device, Repairs.FREE);
    assertTrue(findings.stream().noneMatch(Finding::mended), findings::toString);
    byte[] after = Repairs.bytes(image.device);
    int table = (int) image.fatPosition();
    assertArrayEquals(
        Arrays.copyOfRange(before, table + 4, table + 512),
        Arrays.copyOfRange(after, table + 4, table + 512));
  }
}
