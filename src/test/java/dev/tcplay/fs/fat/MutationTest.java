package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.testing.Seeds;
import dev.tcplay.testing.WildReader;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever bytes a volume has, reading it ends, and with nothing worse than an IOException. The
 * system property {@code tcplay.fuzz.mutants} sets how many mutants of each type are tried.
 */
class MutationTest {

  private static final int MUTANTS = Integer.getInteger("tcplay.fuzz.mutants", 400);
  private static final MountOptions NAMED =
      MountOptions.DEFAULT
          .withReadOnly(true)
          .withNamed(true)
          .withZone(Volumes.OPTIONS.zone())
          .withCodePage(Volumes.OPTIONS.codePage());

  /** Far above what one operation on a sound volume of this size reads. */
  private static final int MAX_READS_PER_OPERATION = 40_000;

  @ParameterizedTest
  @EnumSource(FatType.class)
  void mutantsAreReadOrRefused(FatType type) throws IOException {
    Random random = new Random(Seeds.of("mutantsAreReadOrRefused " + type));
    byte[] sound = soundVolume(type);
    int mounted = 0;
    for (int mutant = 0; mutant < MUTANTS; mutant++) {
      byte[] bytes = sound.clone();
      long seed = random.nextLong();
      mutate(bytes, type, new Random(seed));
      MemoryDevice device = new MemoryDevice(bytes.length);
      device.write(0, bytes, 0, bytes.length);
      try {
        mounted +=
            new WildReader(
                        new FatDriver(), NAMED, device, MAX_READS_PER_OPERATION, new Random(seed))
                    .readAll()
                ? 1
                : 0;
      } catch (RuntimeException | Error e) {
        throw new AssertionError(type + " mutant " + mutant + " of seed " + seed, e);
      }
    }
    int least = MUTANTS / 2;
    int count = mounted;
    assertTrue(count >= least, () -> "only " + count + " mutants were mounted");
  }

  /** Files, directories three deep, long names, chains that wind about. */
  static byte[] soundVolume(FatType type) throws IOException {
    FatImage image = new FatImage(type);
    image.add(0, "LABEL      ", 0x08, 0, 0);
    int parent = 0;
    int cluster = 10;
    for (int level = 0; level < 3; level++) {
      for (int i = 0; i < 3; i++) {
        image.chain(cluster, cluster + 2, cluster + 1, cluster + 3);
        String raw = String.format("FILE%d%d  TXT", level, i);
        image.addLong(parent, "a longer name " + level + i, raw, 0x20, cluster, 1900);
        cluster += 4;
      }
      image.addDirectory(parent, String.format("DIR%d       ", level), cluster);
      parent = cluster;
      cluster++;
    }
    byte[] bytes = new byte[(int) image.device.size()];
    image.device.read(0, bytes, 0, bytes.length);
    return bytes;
  }

  /** Changes a few bytes where they matter: boot sector, table, directories. */
  static void mutate(byte[] bytes, FatType type, Random random) throws IOException {
    FatImage places = new FatImage(type);
    int fat = (int) places.fatPosition();
    int root = (int) places.position(0);
    int[] starts = {0, fat, root, (int) places.position(22), (int) places.position(35)};
    int[] lengths = {90, 120, 1024, 512, 512};
    int changes = 1 + random.nextInt(8);
    // One in four mutants has a damaged boot sector: most of those are refused at once.
    int first = random.nextInt(4) == 0 ? 0 : 1;
    for (int i = 0; i < changes; i++) {
      int area = first + random.nextInt(starts.length - first);
      int at = starts[area] + random.nextInt(lengths[area]);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0 : 0xFF);
        default -> bytes[at] = bytes[starts[area] + random.nextInt(lengths[area])];
      }
    }
  }
}
