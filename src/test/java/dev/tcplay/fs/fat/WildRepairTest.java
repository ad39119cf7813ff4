package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.Finding;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Repairs of volumes with wild bytes. */
class WildRepairTest {

  private static final int MUTANTS = Integer.getInteger("tcplay.fuzz.repairs", 300);

  /** No count of free clusters, as in the images. */
  private static final Set<FsckReport.Complaint> HARMLESS =
      EnumSet.of(FsckReport.Complaint.FREE_COUNT);

  @TempDir Path folder;

  /**
   * Volumes with wild bytes in tables and directories, {@code tcplay.fuzz.repairs} of them for each
   * type: a repair ends, keeps what could be read, says what is left, and fsck.fat has nothing to
   * add where nothing is left.
   */
  @ParameterizedTest
  @EnumSource(FatType.class)
  void wildVolumesAreRepairedOrLeftWithFindings(FatType type) throws Exception {
    String test = "wildVolumesAreRepairedOrLeftWithFindings " + type;
    Random random = new Random(Seeds.of(test));
    int clean = 0;
    for (int i = 0; i < MUTANTS; i++) {
      FatImage image = Damage.NONE.on(type);
      Map<String, byte[]> sound = Repairs.readable(image.device);
      int changes = 1 + random.nextInt(4);
      for (int change = 0; change < changes; change++) {
        long at = image.fatPosition() + random.nextInt(300);
        if (random.nextBoolean()) {
          // A slot in use: what stands behind the end of a directory is seen by some systems only.
          do {
            at = image.position(random.nextInt(5) * 20) + 32L * random.nextInt(16);
          } while (isUnused(image, at));
          at += random.nextInt(32);
        }
        image.put(at, 1 + random.nextInt(255), 1);
      }
      Map<String, byte[]> before = Repairs.readable(image.device);
      Set<String> damaged = new HashSet<>();
      for (Finding finding : Checks.findings(image.device)) {
        damaged.add(finding.path().orElse(""));
        // Who shares clusters is named in the text.
        before.keySet().stream().filter(finding.text()::contains).forEach(damaged::add);
      }
      List<Finding> findings = Repairs.repair(image.device, Repairs.FREE);
      Map<String, byte[]> after = Repairs.readable(image.device);
      before.forEach(
          (path, bytes) -> {
            // A copy of the table that fits better may bring back what it was.
            boolean isWhole = Arrays.equals(sound.get(path), after.get(path));
            if (!damaged.contains(path) && !isWhole) {
              assertArrayEquals(bytes, after.get(path), () -> path + ": " + findings);
            }
          });
      long left = findings.stream().filter(finding -> !finding.mended()).count();
      assertEquals(left, Checks.findings(image.device).size(), findings::toString);
      if (left == 0) {
        clean++;
        FsckReport fsck = clean % 10 == 0 ? Repairs.fsck(image.device, folder) : null;
        // It renames what has a name that it does not like, and checks no further.
        boolean isRenaming = fsck != null && fsck.classes().contains(FsckReport.Complaint.BAD_NAME);
        assertTrue(
            fsck == null || isRenaming || HARMLESS.containsAll(fsck.classes()),
            () -> findings + " " + fsck);
      }
    }
    assertTrue(clean > 0, "none was mended whole");
  }

  private static boolean isUnused(FatImage image, long slot) throws IOException {
    byte[] first = new byte[1];
    image.device.read(slot, first, 0, 1);
    return first[0] == 0;
  }
}
