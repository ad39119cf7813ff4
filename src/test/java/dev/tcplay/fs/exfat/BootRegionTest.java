package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.FileSystemDriver;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The boot sector, its checksum and its backup. */
class BootRegionTest {

  /** A volume of 1 MiB in sectors of 512 bytes and clusters of 4 KiB. */
  static final BootSector SMALL =
      new BootSector(0, 2048, 24, 8, 64, 248, 4, 0x1234ABCD, 0x0100, 0, 9, 3, 1, 0x80, 2);

  private static MemoryDevice volume() throws IOException {
    MemoryDevice device = new MemoryDevice(1 << 20);
    byte[] region = BootRegion.encode(SMALL);
    device.write(0, region, 0, region.length);
    device.write(region.length, region, 0, region.length);
    return device;
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    BootRegion region = BootRegion.find(volume());
    assertEquals(SMALL, region.boot());
    assertNull(region.damage());
    assertArrayEquals(SMALL.encode(), region.boot().encode());
  }

  @Test
  void backupServesWhereTheMainOneIsDamaged() throws IOException {
    MemoryDevice device = volume();
    device.write(1000, new byte[] {1}, 0, 1);
    BootRegion region = BootRegion.find(device);
    assertEquals(SMALL, region.boot());
    assertTrue(String.valueOf(region.damage()).contains("Boot Checksum"), region.damage());
  }

  @Test
  void volumeIsRecognisedByItsBackup() throws IOException {
    MemoryDevice device = volume();
    assertEquals(FileSystemDriver.RECOGNISED, BootRegion.probe(device));
    device.write(0, new byte[512], 0, 512);
    assertEquals(FileSystemDriver.RECOGNISED, BootRegion.probe(device));
    assertNotNull(BootRegion.find(device).damage());
    device.write(12 * 512, new byte[512], 0, 512);
    assertEquals(FileSystemDriver.NOT_MINE, BootRegion.probe(device));
  }

  /** Flags and percentage change on a mounted volume, and are not part of the sum. */
  @ParameterizedTest
  @ValueSource(ints = {106, 107, 112})
  void checksumLeavesOutWhatChanges(int position) throws IOException {
    MemoryDevice device = volume();
    device.write(position, new byte[] {3}, 0, 1);
    assertNull(BootRegion.find(device).damage());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, JumpBoot",
    "3, 0, FileSystemName",
    "11, 1, MustBeZero",
    "63, 1, MustBeZero",
    "73, 0, VolumeLength",
    "80, 23, FatOffset",
    "84, 1, FatLength",
    "87, 255, ClusterHeapOffset",
    "88, 31, ClusterHeapOffset",
    "92, 0, ClusterCount",
    "92, 249, ClusterCount",
    "95, 255, FatLength",
    "96, 1, FirstClusterOfRootDirectory",
    "96, 250, FirstClusterOfRootDirectory",
    "105, 2, FileSystemRevision",
    "108, 8, BytesPerSectorShift",
    "108, 13, BytesPerSectorShift",
    "109, 17, SectorsPerClusterShift",
    "110, 0, NumberOfFats",
    "110, 3, NumberOfFats",
    "510, 0, BootSignature"
  })
  void fieldOutOfItsRangeIsNamed(int position, int value, String field) {
    byte[] sector = SMALL.encode();
    sector[position] = (byte) value;
    CorruptFileSystemException e =
        assertThrows(CorruptFileSystemException.class, () -> BootSector.parse(sector));
    assertTrue(e.getMessage().contains(field), e.getMessage());
  }

  @Test
  void clustersHaveUpTo32MebibytesAndSectorsUpTo4096Bytes() throws IOException {
    for (int shift = 9; shift <= 12; shift++) {
      byte[] sector =
          new BootSector(
                  0,
                  1L << 40,
                  24,
                  1 << 20,
                  1 << 21,
                  1000,
                  5,
                  1,
                  0x100,
                  0,
                  shift,
                  25 - shift,
                  1,
                  0x80,
                  0)
              .encode();
      BootSector boot = BootSector.parse(Arrays.copyOf(sector, 512));
      assertEquals(32 << 20, boot.bytesPerCluster());
      assertEquals(1 << shift, boot.bytesPerSector());
    }
  }
}
