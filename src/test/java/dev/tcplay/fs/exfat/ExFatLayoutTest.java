package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.testing.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sizes of volumes that we make: the rule L16. */
class ExFatLayoutTest {

  /** What mkfs.exfat 1.2.0 makes of these sizes; below 3 MiB with a boundary of 64 KiB. */
  @ParameterizedTest
  @CsvSource({
    "       1048576,  128,      8,    256,       224,   5, 3",
    "       1536000,  128,      8,    256,       343,   5, 3",
    "       2097152,  128,      8,    256,       480,   5, 3",
    "       3070976,  128,      8,    256,       717,   5, 3",
    "       3145728, 2048,      8,   4096,       256,   5, 3",
    "       4194304, 2048,      8,   4096,       512,   5, 3",
    "       5242880, 2048,     16,   4096,       768,   5, 3",
    "      10485760, 2048,     24,   4096,      2048,   5, 3",
    "      67108864, 2048,    128,   4096,     15872,   5, 3",
    "     104857600, 2048,    200,   4096,     25088,   5, 3",
    "     268435456, 2048,    512,   4096,     65024,   6, 3",
    "     269484032, 2048,    128,   4096,      8160,   4, 6",
    "    1073741824, 2048,    256,   4096,     32704,   4, 6",
    "    3072000000, 2048,    768,   4096,     93686,   4, 6",
    "    4294967296, 2048,   1024,   4096,    131008,   4, 6",
    "   34359738368, 2048,   8192,  10240,   1048416,   7, 6",
    "   35433480192, 2048,   2304,   6144,    270312,   4, 8",
    "   41943040000, 2048,   2560,   6144,    319976,   4, 8",
    "   68719476736, 2048,   4096,   6144,    524264,   4, 8",
    "  274877906944, 2048,  16384,  18432,   2097080,   5, 8",
    " 1099511627776, 2048,  65536,  67584,   8388344,  11, 8",
    " 4398046511104, 2048, 262144, 264192,  33553400,  35, 8",
    "16492674416640, 2048, 983040, 985088, 125825272, 123, 8"
  })
  void partsLieWhereOthersPutThem(
      long bytes, long fat, long fatLength, long heap, long clusters, long root, int shift) {
    BootSector boot = ExFatLayout.of(bytes, 512, 0, 0).boot();
    assertEquals(bytes / 512, boot.volumeLength());
    assertEquals(fat, boot.fatOffset());
    assertEquals(fatLength, boot.fatLength());
    assertEquals(heap, boot.clusterHeapOffset());
    assertEquals(clusters, boot.clusterCount());
    assertEquals(root, boot.firstClusterOfRootDirectory());
    assertEquals(shift, boot.sectorsPerClusterShift());
  }

  @Test
  void everySizeMakesALawfulVolume() throws CorruptFileSystemException {
    Random random = new Random(Seeds.of("everySizeMakesALawfulVolume"));
    for (int i = 0; i < 20_000; i++) {
      long bytes = (1 << 20) + random.nextLong(1L << (21 + random.nextInt(32)));
      int sectorSize = 512 << random.nextInt(4);
      ExFatLayout layout = ExFatLayout.of(bytes, sectorSize, 0, 1);
      BootSector boot = BootSector.parse(layout.boot().encode());
      Geometry geometry = Geometry.of(boot);
      assertTrue(geometry.length() <= bytes, () -> bytes + " " + boot);
      assertTrue(geometry.length() > bytes - sectorSize, () -> bytes + " " + boot);
      assertTrue(geometry.isCluster(geometry.rootCluster()), boot::toString);
      long bitmapEnd = Geometry.FIRST_CLUSTER + geometry.clustersFor(geometry.bitmapBytes());
      assertEquals(layout.upcaseCluster(), bitmapEnd, boot::toString);
      assertTrue(boot.percentInUse() < 10, boot::toString);
    }
  }

  @Test
  void clustersAreLargerWhereTheyWouldBeTooMany() {
    assertEquals(8, ExFatLayout.of(1L << 48, 512, 0, 0).boot().sectorsPerClusterShift());
    assertEquals(9, ExFatLayout.of(1L << 49, 512, 0, 0).boot().sectorsPerClusterShift());
    assertEquals(16, ExFatLayout.of(1L << 56, 512, 0, 0).boot().sectorsPerClusterShift());
  }

  @Test
  void sizesBeyondTheLimitsAreRefused() {
    for (long bytes : new long[] {0, 512, 1_048_575, 1L << 58, Long.MAX_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> ExFatLayout.of(bytes, 512, 0, 0));
    }
    assertThrows(IllegalArgumentException.class, () -> ExFatLayout.of(1 << 20, 8192, 0, 0));
  }
}
