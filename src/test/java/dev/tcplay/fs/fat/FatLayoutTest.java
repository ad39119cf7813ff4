package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The type, the cluster size and the parts of volumes that we make: the rules J. */
class FatLayoutTest {

  /** What VeraCrypt makes of these sizes. */
  @ParameterizedTest
  @CsvSource({
    "36864,         FAT12,   512",
    "1048576,       FAT12,   512",
    "4194304,       FAT12,  1024",
    "10485760,      FAT16,  1024",
    "67108864,      FAT16,  1024",
    "104857600,     FAT32,  1024",
    "268435455,     FAT32,  1024",
    "268435456,     FAT32,  2048",
    "536870912,     FAT32,  4096",
    "1073741824,    FAT32,  4096",
    "17179869183,   FAT32,  4096",
    "17179869184,   FAT32,  8192",
    "34359738368,   FAT32, 16384",
    "68719476736,   FAT32, 32768",
    "137438953472,  FAT32, 65536",
    "1099511627776, FAT32, 65536",
    "2199023255040, FAT32, 65536"
  })
  void typeAndClusterSizeAreVeraCrypts(long bytes, FatType type, int clusterSize) {
    FatLayout layout = FatLayout.of(bytes, 512, null);
    assertEquals(type, layout.type());
    assertEquals(clusterSize, 512 * layout.sectorsPerCluster());
    if (type == FatType.FAT32) {
      assertEquals(0, (layout.reserved() + 2 * layout.sectorsPerFat()) % 8);
      assertTrue(layout.reserved() >= 32);
    } else {
      assertEquals(2, layout.reserved());
    }
  }

  @Test
  void largeSectorsAreFormattedToo() {
    for (int sectorSize : new int[] {1024, 2048, 4096}) {
      for (long bytes = 36_864; bytes < 1L << 42; bytes = bytes * 5 / 4) {
        assertSound(FatLayout.of(bytes, sectorSize, null), bytes);
      }
    }
  }

  @Test
  void noSizeMakesAVolumeNearTheLimitsOfItsType() {
    for (long sectors = 72; sectors < 300_000; sectors++) {
      assertSound(FatLayout.of(512 * sectors, 512, null), 512 * sectors);
    }
    Random random = new Random(Seeds.of("noSizeMakesAVolumeNearTheLimitsOfItsType"));
    for (int i = 0; i < 100_000; i++) {
      long sectors = 72 + (long) (Math.pow(random.nextDouble(), 3) * (0xFFFFFFFFL - 72));
      assertSound(FatLayout.of(512 * sectors, 512, null), 512 * sectors);
    }
  }

  private static void assertSound(FatLayout layout, long bytes) {
    long clusters = layout.clusters();
    FatType counted =
        clusters < 4085 ? FatType.FAT12 : clusters < 65_525 ? FatType.FAT16 : FatType.FAT32;
    assertEquals(counted, layout.type(), () -> layout.toString());
    assertTrue(Math.abs(clusters - 4085) >= 16 && Math.abs(clusters - 65_525) >= 16);
    assertTrue(clusters + 2 <= layout.sectorsPerFat() * layout.sectorSize() * 8 / counted.bits());
    assertTrue(layout.sectors() * layout.sectorSize() <= bytes);
  }

  @Test
  void aTypeIsMadeWhereverItFits() {
    for (FatType type : FatType.values()) {
      int made = 0;
      for (long bytes = 36_864; bytes < 1L << 40; bytes = bytes * 9 / 8) {
        try {
          FatLayout layout = FatLayout.of(bytes, 512, type);
          assertEquals(type, layout.type());
          assertSound(layout, bytes);
          made++;
        } catch (IllegalArgumentException e) {
          assertTrue(e.getMessage().contains(type.name()), e.getMessage());
        }
      }
      assertTrue(made > 50, type + " " + made);
    }
  }

  @Test
  void sizesBeyondTheLimitsAreRefused() {
    for (long bytes : new long[] {0, 512, 36_863, 512L << 32, Long.MAX_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> FatLayout.of(bytes, 512, null));
    }
    assertThrows(IllegalArgumentException.class, () -> FatLayout.of(1 << 20, 8192, null));
    assertEquals(0xFFFFFFFFL, FatLayout.of(0xFFFFFFFFL * 512, 512, null).sectors());
  }
}
