package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.MountOptions;
import dev.tcplay.testing.CrashImage;
import dev.tcplay.testing.Seeds;
import dev.tcplay.testing.WildReader;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever bytes an exFAT volume has, reading it ends, and with nothing worse than an IOException.
 * The system property {@code tcplay.fuzz.mutants} sets how many mutants are tried.
 */
class ExFatMutationTest {

  private static final int MUTANTS = Integer.getInteger("tcplay.fuzz.mutants", 1000);
  private static final MountOptions OPTIONS =
      ExFatVolumes.OPTIONS.withReadOnly(true).withNamed(true);

  /** Far above what one operation on a sound volume of this size reads. */
  private static final int MOST_READS = 40_000;

  @Test
  void mutantsAreReadOrRefused() throws IOException {
    Random seeds = new Random(Seeds.of("mutantsAreReadOrRefused exFAT"));
    ExFatMutants mutants = new ExFatMutants();
    int mounted = 0;
    for (int mutant = 0; mutant < MUTANTS; mutant++) {
      long seed = seeds.nextLong();
      Random random = new Random(seed);
      CrashImage image = new CrashImage(mutants.mutant(random));
      try {
        mounted +=
            new WildReader(new ExFatDriver(), OPTIONS, image, MOST_READS, random).readAll() ? 1 : 0;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("mutant " + mutant + " of seed " + seed, e);
      }
    }
    int count = mounted;
    assertTrue(count >= MUTANTS / 2, () -> "only " + count + " mutants were mounted");
    System.out.println("exFAT: " + count + " of " + MUTANTS + " mutants were mounted");
  }
}
