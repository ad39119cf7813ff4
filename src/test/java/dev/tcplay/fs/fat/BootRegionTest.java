package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as FAT, and which boot sectors are refused: the rules A. */
class BootRegionTest {

  private static int probe(MemoryDevice device) throws IOException {
    return new FatDriver().probe(device);
  }

  private static String refusal(FatImage image) {
    return assertThrows(CorruptFileSystemException.class, () -> Volumes.mount(image.device))
        .getReason();
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void soundVolumesAreRecognised(FatType type) throws IOException {
    FatImage image = new FatImage(type);
    assertEquals(FileSystemDriver.RECOGNISED, probe(image.device));
    try (MountedVolume volume = Volumes.mount(image.device)) {
      assertEquals(type.name(), volume.type());
      assertEquals("1234-ABCD", volume.serial().orElseThrow());
      assertEquals(List.of(), volume.warnings());
      int used = type == FatType.FAT32 ? 1 : 0;
      assertEquals(512L * image.clusters(), volume.space().totalBytes());
      assertEquals(512L * (image.clusters() - used), volume.space().freeBytes());
      assertEquals(512, volume.space().blockSize());
    }
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
    assertEquals(FileSystemDriver.RECOGNISED, probe(image.device));
    assertTrue(refusal(image).contains(field), () -> refusal(image));
    image.put(54, "        ");
    assertEquals(FileSystemDriver.RECOGNISED, probe(image.device));
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
    assertEquals(FileSystemDriver.RECOGNISED, probe(image.device));
    assertTrue(refusal(image).contains(field), () -> refusal(image));
  }

  @ParameterizedTest
  @CsvSource({"36, 4, 0", "42, 2, 1", "44, 4, 1", "11, 2, 600", "13, 1, 3"})
  void theBackupServesForADamagedBootSector(int offset, int bytes, int value) throws IOException {
    FatImage image = new FatImage(FatType.FAT32);
    image.add(0, "FILE       ", 0, 0, 0);
    image.put(offset, value, bytes);
    try (MountedVolume volume = Volumes.mount(image.device)) {
      assertEquals(List.of("FILE"), Volumes.names(volume, "/"));
      assertTrue(volume.isReadOnly());
      assertTrue(volume.warnings().get(0).startsWith("read by the backup boot sector: "));
    }
  }

  @Test
  void theBackupServesForABootSectorThatWasOverwritten() throws IOException {
    FatImage image = new FatImage(FatType.FAT32);
    byte[] noise = new byte[512];
    image.device.write(0, noise, 0, 512);
    assertEquals(FileSystemDriver.RECOGNISED, probe(image.device));
    Volumes.mount(image.device);
    new Random(5).nextBytes(noise);
    image.device.write(0, noise, 0, 512);
    assertEquals(FileSystemDriver.RECOGNISED, probe(image.device));
    Volumes.mount(image.device);
  }

  @Test
  void anOldBackupBehindSomebodyElsesBootSectorDoesNotCount() throws IOException {
    FatImage image = new FatImage(FatType.FAT32);
    image.device.write(0, new byte[512], 0, 512);
    image.put(446, 0x80, 1);
    image.put(510, 0xAA55, 2);
    assertEquals(FileSystemDriver.NOT_MINE, probe(image.device));
    image.put(510, 0, 2);
    image.put(1080, 0xEF53, 2);
    assertEquals(FileSystemDriver.NOT_MINE, probe(image.device));
  }

  /** Linux and mtools mount such volumes. */
  @ParameterizedTest
  @CsvSource({"FAT12, 0", "FAT16, 0", "FAT16, 0xBA55", "FAT16, 0x55AA", "FAT32, 0"})
  void aVolumeWithoutSignatureOpensAndRanksBelowOneThatHasIt(FatType type, String end)
      throws IOException {
    FatImage image = new FatImage(type);
    image.add(0, "FILE       ", 0, 0, 0);
    image.put(510, Integer.decode(end), 2);
    assertEquals(FileSystemDriver.LIKELY, probe(image.device));
    assertTrue(FileSystemDriver.LIKELY > FileSystemDriver.FALLBACK);
    assertTrue(FileSystemDriver.LIKELY < FileSystemDriver.RECOGNISED);
    try (MountedVolume volume = Volumes.mount(image.device)) {
      assertEquals(List.of("FILE"), Volumes.names(volume, "/"));
      assertEquals(
          List.of("the boot sector lacks the signature 55 AA at byte 510"), volume.warnings());
    }
  }

  @Test
  void aVolumeWithoutSignatureJumpAndStringsIsFatByItsFields() throws IOException {
    FatImage image = new FatImage(FatType.FAT12);
    image.put(0, 0, 3);
    image.put(54, "        ");
    image.put(510, 0, 2);
    assertEquals(FileSystemDriver.LIKELY, probe(image.device));
    image.put(17, 0, 2);
    assertEquals(FileSystemDriver.NOT_MINE, probe(image.device));
  }

  @Test
  void aBootSectorWithoutSignatureServesBeforeItsBackup() throws IOException {
    FatImage image = new FatImage(FatType.FAT32);
    image.put(510, 0, 2);
    image.put(6 * 512 + 44, 3, 4);
    image.add(0, "FILE       ", 0, 0, 0);
    try (MountedVolume volume = Volumes.mount(image.device)) {
      assertEquals(List.of("FILE"), Volumes.names(volume, "/"));
    }
  }

  /** A disk's first megabytes, or a container that was cut: without these nothing is found. */
  @ParameterizedTest
  @CsvSource({
    "FAT12, 1, table", "FAT12, 40, table", "FAT12, 81, root directory", "FAT12, 84, root directory",
    "FAT16, 40, table", "FAT16, 81, root directory", "FAT32, 71, table",
        "FAT32, 112, root directory"
  })
  void aTableOrRootBeyondTheEndIsDamage(FatType type, int sectors, String part) throws IOException {
    FatImage image = new FatImage(type);
    MemoryDevice cut = cut(image, sectors * 512);
    CorruptFileSystemException e =
        assertThrows(CorruptFileSystemException.class, () -> Volumes.mount(cut));
    assertTrue(e.getReason().contains(part + " ends at "), e.getReason());
    assertTrue(e.getReason().contains("the container has " + sectors * 512), e.getReason());
    assertThrows(
        CorruptFileSystemException.class,
        () -> new FatDriver().check(cut, Volumes.OPTIONS, finding -> {}));
  }

  @ParameterizedTest
  @CsvSource({"FAT12, 85", "FAT16, 85", "FAT32, 113"})
  void aVolumeCutBehindItsRootOpens(FatType type, int sectors) throws IOException {
    FatImage image = new FatImage(type);
    image.add(0, "FILE       ", 0, 0, 0);
    try (MountedVolume volume = Volumes.mount(cut(image, sectors * 512))) {
      assertEquals(List.of("FILE"), Volumes.names(volume, "/"));
      assertTrue(volume.isReadOnly());
    }
  }

  @Test
  void aDirectoryBeyondTheEndIsDamageOfThatDirectory() throws IOException {
    FatImage image = new FatImage(FatType.FAT16);
    image.addDirectory(0, "DIR        ", 1000);
    try (MountedVolume volume = Volumes.mount(cut(image, 500 * 512))) {
      assertEquals(List.of("DIR"), Volumes.names(volume, "/"));
      CorruptFileSystemException e =
          assertThrows(CorruptFileSystemException.class, () -> Volumes.names(volume, "DIR"));
      assertEquals("/DIR", e.getFile());
      assertTrue(e.getReason().contains("beyond the volume's end"), e.getReason());
    }
  }

  private static MemoryDevice cut(FatImage image, int length) throws IOException {
    byte[] bytes = new byte[length];
    image.device.read(0, bytes, 0, length);
    MemoryDevice cut = new MemoryDevice(length);
    cut.write(0, bytes, 0, length);
    return cut;
  }

  @Test
  void aVolumeWithoutJumpAndStringsIsFatByItsFields() throws IOException {
    FatImage image = new FatImage(FatType.FAT16);
    image.put(0, 0, 3);
    image.put(3, "\0\0\0\0\0\0\0\0");
    image.put(54, "NTFS    ");
    assertEquals(FileSystemDriver.RECOGNISED, probe(image.device));
    assertEquals("FAT16", Volumes.mount(image.device).type());
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
  void aVolumeLongerThanItsContainerCanBeReadUpToTheEnd() throws IOException {
    FatImage image = new FatImage(FatType.FAT16);
    image.put(19, 7000, 2);
    int last = 6000 - 85 + 1;
    image.chain(10, last, last + 1);
    image.add(0, "FILE       ", 0, 10, 3 * 512);
    try (MountedVolume volume = Volumes.mount(image.device)) {
      assertTrue(volume.warnings().get(0).contains("the container has 3072000"));
      byte[] target = new byte[2000];
      try (var open = volume.open(Volumes.find(volume, "FILE"))) {
        assertEquals(1024, open.read(0, target, 0, 2000));
        IOException e = assertThrows(IOException.class, () -> open.read(1024, target, 0, 1));
        assertTrue(e.getMessage().contains("3072000"), e.getMessage());
      }
    }
  }

  @Test
  void rootEntriesOnFat32AreIgnored() throws IOException {
    FatImage image = new FatImage(FatType.FAT32);
    image.put(17, 512, 2);
    image.add(0, "FILE       ", 0, 0, 0);
    try (MountedVolume volume = Volumes.mount(image.device)) {
      assertEquals(List.of("FILE"), Volumes.names(volume, "/"));
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
    assertEquals(1024, Volumes.read(Volumes.mount(image.device), "FILE").length);
    image.put(40, 0x80, 2);
    assertThrows(
        CorruptFileSystemException.class,
        () -> {
          MountedVolume volume = Volumes.mount(image.device);
          Volumes.read(volume, "FILE");
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

  @Test
  void randomBytesAreNotFat() throws IOException {
    Random random = new Random(Seeds.of("randomBytesAreNotFat"));
    byte[] bytes = new byte[16 * 512];
    for (int i = 0; i < 20_000; i++) {
      random.nextBytes(bytes);
      MemoryDevice device = new MemoryDevice(bytes.length);
      device.write(0, bytes, 0, bytes.length);
      assertEquals(FileSystemDriver.NOT_MINE, probe(device));
    }
  }

  @Test
  void bootCodeWithAPartitionTableIsNotFat() throws IOException {
    Random random = new Random(Seeds.of("bootCodeWithAPartitionTableIsNotFat"));
    byte[] bytes = new byte[16 * 512];
    for (int i = 0; i < 20_000; i++) {
      random.nextBytes(bytes);
      bytes[0] = (byte) 0xEB;
      bytes[2] = (byte) 0x90;
      bytes[510] = 0x55;
      bytes[511] = (byte) 0xAA;
      MemoryDevice device = new MemoryDevice(bytes.length);
      device.write(0, bytes, 0, bytes.length);
      assertEquals(FileSystemDriver.NOT_MINE, probe(device));
    }
  }

  @Test
  void aBlankOrTinyVolumeIsNotFat() throws IOException {
    assertEquals(FileSystemDriver.NOT_MINE, probe(new MemoryDevice(1 << 20)));
    assertEquals(FileSystemDriver.NOT_MINE, probe(new MemoryDevice(511)));
    assertEquals(FileSystemDriver.NOT_MINE, probe(new MemoryDevice(512)));
    assertThrows(CorruptFileSystemException.class, () -> Volumes.mount(new MemoryDevice(511)));
  }

  @Test
  void ntfsAndExfatHeadersAreNotFat() throws IOException {
    for (String oem : List.of("NTFS    ", "EXFAT   ", "-FVE-FS-")) {
      FatImage image = new FatImage(FatType.FAT32);
      image.put(3, oem);
      assertEquals(FileSystemDriver.NOT_MINE, probe(image.device));
    }
    FatImage ntfs = new FatImage(FatType.FAT16);
    ntfs.put(3, "UNKNOWN ");
    ntfs.put(14, 0, 2);
    ntfs.put(16, 0, 4);
    ntfs.put(19, 0, 2);
    ntfs.put(22, 0, 2);
    ntfs.put(36, 0x800080, 4);
    ntfs.put(54, "        ");
    assertEquals(FileSystemDriver.NOT_MINE, probe(ntfs.device));
  }

  @Test
  void probingReadsFewSectors() throws IOException {
    CountingDevice blank = new CountingDevice(new MemoryDevice(1 << 20));
    new FatDriver().probe(blank);
    assertTrue(blank.sectorsRead() <= 10, () -> blank.sectorsRead() + " sectors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mkfs.exfat", "mkntfs -F -Q", "mke2fs -q -F -t ext4", "mkfs.minix"})
  void otherFileSystemsAreNotFat(String maker, @TempDir Path folder) throws Exception {
    Path image = folder.resolve("volume.img");
    // What was FAT32 before must not shine through.
    Judge.Verdict before = Judge.run("mkfs.fat", "-C", "-F", "32", image.toString(), "65536");
    assertEquals(0, before.status(), before.output());
    Judge.Verdict verdict = Judge.run((maker + " " + image).split(" ", -1));
    assertEquals(0, verdict.status(), verdict.output());
    byte[] start = new byte[1 << 16];
    try (var stream = Files.newInputStream(image)) {
      assertEquals(start.length, stream.readNBytes(start, 0, start.length));
    }
    MemoryDevice device = new MemoryDevice(start.length);
    device.write(0, start, 0, start.length);
    assertEquals(FileSystemDriver.NOT_MINE, probe(device));
  }
}
