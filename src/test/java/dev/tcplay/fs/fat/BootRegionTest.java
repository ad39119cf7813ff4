package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the fields of a boot sector mean, and which are refused: the rules A. */
class BootRegionTest {

  private static String refusal(FatImage image) {
    return assertThrows(CorruptFileSystemException.class, () -> Volumes.mount(image.device))
        .getReason();
  }

  /** Any one field that is unlawful leaves the volume recognised, and is named. */
  @ParameterizedTest
  @CsvSource({
    "FAT12, 11, 2,        0, bytes per sector",
    "FAT12, 11, 2,      513, bytes per sector",
    "FAT16, 11, 2,     8192, bytes per sector",
    "FAT12, 13, 1,        0, sectors per cluster",
    "FAT16, 13, 1,        3, sectors per cluster",
    "FAT16, 13, 1,      255, sectors per cluster",
    "FAT12, 14, 2,        0, reserved sectors",
    "FAT16, 16, 1,        0, number of FATs",
    "FAT16, 17, 2,        0, root directory entries",
    "FAT12, 19, 2,        0, total sectors",
    "FAT12, 19, 2,       84, total sectors",
    "FAT12, 21, 1,        0, media",
    "FAT12, 21, 1,      241, media",
    "FAT16, 22, 2,        0, sectors per FAT"
  })
  void aDamagedFieldIsNamed(FatType type, int offset, int bytes, int value, String field)
      throws IOException {
    FatImage image = new FatImage(type);
    image.put(offset, value, bytes);
    assertEquals(FileSystemDriver.RECOGNISED, Volumes.probe(image.device));
    assertTrue(refusal(image).contains(field), () -> refusal(image));
    image.put(54, "        ");
    assertEquals(FileSystemDriver.RECOGNISED, Volumes.probe(image.device));
  }

  @ParameterizedTest
  @CsvSource({
    "36, 4,          0, sectors per FAT",
    "40, 2,       0x82, extended flags",
    "42, 2,          1, version",
    "44, 4,          0, root directory cluster",
    "44, 4,          1, root directory cluster",
    "44, 4, 0x7FFFFFFF, root directory cluster",
    "44, 4,         -1, root directory cluster",
    "32, 4,          0, total sectors",
    "11, 2,        600, bytes per sector"
  })
  void aDamagedFieldOfFat32IsNamedWhenTheBackupIsDamagedToo(
      int offset, int bytes, String value, String field) throws IOException {
    FatImage image = new FatImage(FatType.FAT32);
    image.put(offset, Integer.decode(value), bytes);
    image.put(6 * 512 + offset, Integer.decode(value), bytes);
    assertEquals(FileSystemDriver.RECOGNISED, Volumes.probe(image.device));
    assertTrue(refusal(image).contains(field), () -> refusal(image));
  }

  @Test
  void theTypeStringNeverDecides() throws IOException {
    FatImage image = new FatImage(FatType.FAT12);
    image.put(54, "FAT16   ");
    assertEquals("FAT12", Volumes.mount(image.device).type());
  }

  @Test
  void aFat32VolumeMayHaveFewClusters() throws IOException {
    FatImage image = new FatImage(FatType.FAT32);
    assertTrue(image.clusters() < 4085);
    assertEquals("FAT32", Volumes.mount(image.device).type());
  }

  @Test
  void theCountOfClustersDecidesBetweenFat12AndFat16() throws IOException {
    for (int clusters : new int[] {4084, 4085}) {
      FatImage image = new FatImage(FatType.FAT16);
      image.put(19, 1 + 80 + 4 + clusters, 2);
      try (MountedVolume volume = Volumes.mount(image.device)) {
        assertEquals(clusters < 4085 ? "FAT12" : "FAT16", volume.type());
        assertEquals(512L * clusters, volume.space().totalBytes());
      }
    }
  }

  @Test
  void tooManyClustersForFat16AreRefused() throws IOException {
    FatImage image = new FatImage(FatType.FAT16);
    image.put(19, 0, 2);
    image.put(32, 1 + 80 + 4 + 65_525, 4);
    assertTrue(refusal(image).contains("too many for FAT16"));
  }

  @Test
  void clustersBeyondTheTableDoNotExist() throws IOException {
    FatImage image = new FatImage(FatType.FAT16);
    image.put(22, 10, 2);
    try (MountedVolume volume = Volumes.mount(image.device)) {
      assertEquals((10 * 512 / 2 - 2) * 512L, volume.space().totalBytes());
    }
  }

  @Test
  void theSmallTotalWins() throws IOException {
    FatImage image = new FatImage(FatType.FAT16);
    image.put(32, 9999, 4);
    assertEquals(512L * image.clusters(), Volumes.mount(image.device).space().totalBytes());
  }

  @Test
  void rootEntriesOnFat32AreIgnored() throws IOException {
    FatImage image = new FatImage(FatType.FAT32);
    image.put(17, 512, 2);
    image.add(0, "FILE       ", 0, 0, 0);
    try (MountedVolume volume = Volumes.mount(image.device)) {
      assertEquals(List.of("FILE"), Walk.names(volume, "/"));
      assertEquals(1, volume.warnings().size());
    }
  }

  @Test
  void rootEntriesThatEndInsideASectorAreReported() throws IOException {
    FatImage image = new FatImage(FatType.FAT16);
    image.put(17, 63, 2);
    assertEquals(1, Volumes.mount(image.device).warnings().size());
  }

  @Test
  void theLiveFatIsReadWhenMirroringIsOff() throws IOException {
    FatImage image = new FatImage(FatType.FAT32);
    image.chain(5, 6);
    image.add(0, "FILE       ", 0, 5, 1024);
    image.put(40, 0x81, 2);
    image.put(image.fatPosition() + 5 * 4, 0, 4);
    assertEquals(1024, Walk.read(Volumes.mount(image.device), "FILE").length);
    image.put(40, 0x80, 2);
    assertThrows(
        CorruptFileSystemException.class,
        () -> {
          MountedVolume volume = Volumes.mount(image.device);
          Walk.read(volume, "FILE");
        });
  }

  @Test
  void theSectorCountOfAClusterIsUnsigned() throws IOException {
    FatImage image = new FatImage(FatType.FAT32);
    image.put(13, 128, 1);
    assertEquals(65_536, Volumes.mount(image.device).space().blockSize());
  }

  @Test
  void aWrongFsInfoSectorDoesNotMatter() throws IOException {
    FatImage image = new FatImage(FatType.FAT32);
    for (int value : new int[] {0, 1, 0x7FFFFFFF}) {
      image.put(512 + 488, value, 4);
      image.put(512, value, 4);
      assertEquals(512L * (image.clusters() - 1), Volumes.mount(image.device).space().freeBytes());
    }
    image.put(48, 0xFFFF, 2);
    assertEquals(512L * image.clusters(), Volumes.mount(image.device).space().totalBytes());
  }
}
