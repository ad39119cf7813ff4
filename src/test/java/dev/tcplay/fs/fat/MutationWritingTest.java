package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.MountOptions;
import dev.tcplay.testing.CrashImage;
import dev.tcplay.testing.Seeds;
import dev.tcplay.testing.WildWriter;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever bytes a volume has, writing to it ends, and with nothing worse than an IOException; what
 * comes of it can be mounted and read again. The system property {@code tcplay.fuzz.writes} sets
 * how many mutants of each type are tried.
 */
class MutationWritingTest {

  private static final int MUTANTS = Integer.getInteger("tcplay.fuzz.writes", 200);
  private static final MountOptions WRITABLE =
      MountOptions.DEFAULT
          .withNamed(true)
          .withZone(Volumes.OPTIONS.zone())
          .withCodePage(Volumes.OPTIONS.codePage());
  private static final int MOST_READS = 40_000;

  @ParameterizedTest
  @EnumSource(FatType.class)
  void mutantsAreWrittenOrRefused(FatType type) throws IOException {
    Random seeds = new Random(Seeds.of("mutantsAreWrittenOrRefused " + type));
    byte[] sound = MutationTest.soundVolume(type);
    WildWriter wild = new WildWriter(new FatDriver(), WRITABLE, MOST_READS, "");
    int written = 0;
    for (int mutant = 0; mutant < MUTANTS; mutant++) {
      long seed = seeds.nextLong();
      Random random = new Random(seed);
      byte[] bytes = sound.clone();
      MutationTest.mutate(bytes, type, random);
      CrashImage image = new CrashImage(bytes);
      try {
        long before = image.changes();
        wild.write(image, random);
        written += image.changes() > before ? 1 : 0;
        wild.read(image);
      } catch (RuntimeException | Error e) {
        throw new AssertionError(type + " mutant " + mutant + " of seed " + seed, e);
      }
    }
    int count = written;
    assertTrue(count >= MUTANTS / 2, () -> "only " + count + " mutants were written to");
  }
}
