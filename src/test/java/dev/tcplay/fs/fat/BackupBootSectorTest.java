package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the backup of the boot sector serves: the rules A. */
class BackupBootSectorTest {

  @ParameterizedTest
  @CsvSource({"36, 4, 0", "42, 2, 1", "44, 4, 1", "11, 2, 600", "13, 1, 3"})
  void theBackupServesForADamagedBootSector(int offset, int bytes, int value) throws IOException {
    FatImage image = new FatImage(FatType.FAT32);
    image.add(0, "FILE       ", 0, 0, 0);
    image.put(offset, value, bytes);
    try (MountedVolume volume = Volumes.mount(image.device)) {
      assertEquals(List.of("FILE"), Walk.names(volume, "/"));
      assertTrue(volume.isReadOnly());
      assertTrue(volume.warnings().get(0).startsWith("read by the backup boot sector: "));
    }
  }

  @Test
  void theBackupServesForABootSectorThatWasOverwritten() throws IOException {
    FatImage image = new FatImage(FatType.FAT32);
    byte[] noise = new byte[512];
    image.device.write(0, noise, 0, 512);
    assertEquals(FileSystemDriver.RECOGNISED, Volumes.probe(image.device));
    Volumes.mount(image.device);
    new Random(5).nextBytes(noise);
    image.device.write(0, noise, 0, 512);
    assertEquals(FileSystemDriver.RECOGNISED, Volumes.probe(image.device));
    Volumes.mount(image.device);
  }

  @Test
  void anOldBackupBehindSomebodyElsesBootSectorDoesNotCount() throws IOException {
    FatImage image = new FatImage(FatType.FAT32);
    image.device.write(0, new byte[512], 0, 512);
    image.put(446, 0x80, 1);
    image.put(510, 0xAA55, 2);
    assertEquals(FileSystemDriver.NOT_MINE, Volumes.probe(image.device));
    image.put(510, 0, 2);
    image.put(1080, 0xEF53, 2);
    assertEquals(FileSystemDriver.NOT_MINE, Volumes.probe(image.device));
  }

  @Test
  void aBootSectorWithoutSignatureServesBeforeItsBackup() throws IOException {
    FatImage image = new FatImage(FatType.FAT32);
    image.put(510, 0, 2);
    image.put(6 * 512 + 44, 3, 4);
    image.add(0, "FILE       ", 0, 0, 0);
    try (MountedVolume volume = Volumes.mount(image.device)) {
      assertEquals(List.of("FILE"), Walk.names(volume, "/"));
    }
  }
}
