package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.testing.CrashImage;
import dev.tcplay.testing.Seeds;
import dev.tcplay.testing.Walk;
import dev.tcplay.testing.WildWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Whatever bytes an exFAT volume has, writing to it ends, and with nothing worse than an
 * IOException; what comes of it can be mounted and read again. Files to whose clusters nothing else
 * leads are the same as before, whatever is damaged beside them. The system property {@code
 * tcplay.fuzz.writes} sets how many mutants are tried.
 */
class ExFatMutationWritingTest {

  private static final int MUTANTS = Integer.getInteger("tcplay.fuzz.writes", 600);
  private static final MountOptions OPTIONS = ExFatVolumes.OPTIONS.withNamed(true);
  private static final int MOST_READS = 40_000;

  /** Damage by which a file may be written in the place of another one. */
  private static final Set<String> CROSSED = Set.of("shared-clusters", "marked-free");

  @Test
  void mutantsAreWrittenOrRefusedAndSoundFilesStay() throws IOException {
    Random seeds = new Random(Seeds.of("mutantsAreWrittenOrRefusedAndSoundFilesStay exFAT"));
    ExFatMutants mutants = new ExFatMutants();
    WildWriter wild =
        new WildWriter(new ExFatDriver(), OPTIONS, MOST_READS, Walk.name(ExFatMutants.SPARED));
    int written = 0;
    int compared = 0;
    for (int mutant = 0; mutant < MUTANTS; mutant++) {
      long seed = seeds.nextLong();
      Random random = new Random(seed);
      CrashImage image = new CrashImage(mutants.mutant(random));
      try {
        Map<String, Integer> before = isCrossed(image) ? Map.of() : spared(image);
        long changes = image.changes();
        wild.write(image, random);
        if (image.changes() > changes) {
          written++;
          compared += before.isEmpty() ? 0 : 1;
          Map<String, Integer> after = before.isEmpty() ? before : spared(image);
          assertEquals(before, after);
        }
        wild.read(image);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("mutant " + mutant + " of seed " + seed, e);
      }
    }
    String counts =
        "%d of %d mutants were written to, %d have sound files"
            .formatted(written, MUTANTS, compared);
    assertTrue(written >= MUTANTS / 2 && compared >= MUTANTS / 6, counts);
    System.out.println("exFAT: " + counts);
  }

  private static boolean isCrossed(CrashImage image) {
    Set<String> kinds = new HashSet<>();
    try {
      new ExFatDriver().check(image, OPTIONS, (Finding finding) -> kinds.add(finding.kind()));
    } catch (IOException e) {
      return true;
    }
    return kinds.stream().anyMatch(CROSSED::contains);
  }

  /** Returns a sum of what is in each file that nobody writes to, as far as it can be read. */
  private static Map<String, Integer> spared(CrashImage image) {
    Map<String, Integer> sums = new TreeMap<>();
    try (MountedVolume volume = new ExFatDriver().mount(image, OPTIONS.withReadOnly(true))) {
      // Under another name it is not spared, and it may be a file by now.
      Node directory = Walk.find(volume, ExFatMutants.SPARED);
      if (directory == null
          || !directory.isDirectory()
          || !volume.name(directory).equals(Walk.name(ExFatMutants.SPARED))) {
        return sums;
      }
      for (String name : Walk.names(volume, ExFatMutants.SPARED)) {
        try {
          byte[] bytes = Walk.read(volume, ExFatMutants.SPARED + "/" + name);
          sums.put(name, Arrays.hashCode(bytes));
        } catch (IOException e) {
          sums.put(name, 0);
        }
      }
    } catch (IOException e) {
      sums.put(e.toString(), 0);
    }
    return sums;
  }
}
