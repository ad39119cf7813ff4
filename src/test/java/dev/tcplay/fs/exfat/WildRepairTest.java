package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.RepairOptions;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repairs of volumes with wild bytes. */
class WildRepairTest {

  private static final int MUTANTS = Integer.getInteger("tcplay.fuzz.repairs", 300);

  /**
   * Volumes with wild bytes in all that is no file's, {@code tcplay.fuzz.repairs} of them: a repair
   * ends, keeps what could be read, says what is left, and fsck.exfat has nothing to add where
   * nothing is left.
   */
  @Test
  void wildVolumesAreRepairedOrLeftWithFindings(@TempDir Path folder) throws Exception {
    Random random = new Random(Seeds.of("wildVolumesAreRepairedOrLeftWithFindings"));
    int clean = 0;
    int refused = 0;
    for (int i = 0; i < MUTANTS; i++) {
      HandMadeImage image = Damage.Sound.image();
      int changes = 1 + random.nextInt(4);
      for (int change = 0; change < changes; change++) {
        damage(image, random);
      }
      List<Finding> found;
      try {
        found = CheckTest.check(image.device);
      } catch (CorruptFileSystemException e) {
        refused++;
        continue;
      }
      Map<String, byte[]> before = readable(image);
      Set<String> damaged = new HashSet<>();
      for (Finding finding : found) {
        damaged.add(finding.path().orElse(""));
        // Who shares clusters is named in the text.
        before.keySet().stream().filter(finding.text()::contains).forEach(damaged::add);
      }
      List<Finding> findings = RepairTest.repair(image.device, RepairOptions.DEFAULT);
      Map<String, byte[]> after = readable(image);
      before.forEach(
          (path, bytes) -> {
            if (!damaged.contains(path)) {
              assertArrayEquals(bytes, after.get(path), () -> path + ": " + findings);
            }
          });
      long left = findings.stream().filter(finding -> !finding.mended()).count();
      assertEquals(left, CheckTest.check(image.device).size(), findings::toString);
      if (left == 0) {
        clean++;
        assertTrue(
            clean % 10 != 0 || CheckTest.isClean(CheckTest.fsck(image, folder)),
            findings::toString);
      }
    }
    assertTrue(clean > MUTANTS / 20, clean + " were mended whole");
    assertTrue(refused < MUTANTS / 4, refused + " were refused");
  }

  private static void damage(HandMadeImage image, Random random) throws IOException {
    int root = HandMadeImage.ROOT;
    long[] places = {
      0,
      12 * 512,
      image.geometry.fatPosition(),
      image.position(2),
      image.slot(root, 0),
      image.slot(root, Damage.Sound.PLAIN),
      image.slot(Damage.Sound.DIRECTORY, 0)
    };
    int[] lengths = {12 * 512, 12 * 512, 4 * 80, 40, 3 * 32, 13 * 32, 3 * 32};
    int place = random.nextInt(places.length);
    image.put(places[place] + random.nextInt(lengths[place]), random.nextInt(256), 1);
    if (place == 5 && random.nextBoolean()) {
      long set = image.slot(root, Damage.Sound.PLAIN);
      image.change(set, 0, 0x85, 1);
    }
  }

  private static Map<String, byte[]> readable(HandMadeImage image) throws IOException {
    try {
      return RepairCutTest.readable(image.device);
    } catch (CorruptFileSystemException e) {
      return Map.of();
    }
  }
}
