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
import dev.tcplay.testing.Walk;
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

/** What counts as FAT, and how surely: the rules A. */
class RecognitionTest {

  @ParameterizedTest
  @EnumSource(FatType.class)
  void soundVolumesAreRecognised(FatType type) throws IOException {
    FatImage image = new FatImage(type);
    assertEquals(FileSystemDriver.RECOGNISED, Volumes.probe(image.device));
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

  /** Linux and mtools mount such volumes. */
  @ParameterizedTest
  @CsvSource({"FAT12, 0", "FAT16, 0", "FAT16, 0xBA55", "FAT16, 0x55AA", "FAT32, 0"})
  void aVolumeWithoutSignatureOpensAndRanksBelowOneThatHasIt(FatType type, String end)
      throws IOException {
    FatImage image = new FatImage(type);
    image.add(0, "FILE       ", 0, 0, 0);
    image.put(510, Integer.decode(end), 2);
    assertEquals(FileSystemDriver.LIKELY, Volumes.probe(image.device));
    assertTrue(FileSystemDriver.LIKELY > FileSystemDriver.FALLBACK);
    assertTrue(FileSystemDriver.LIKELY < FileSystemDriver.RECOGNISED);
    try (MountedVolume volume = Volumes.mount(image.device)) {
      assertEquals(List.of("FILE"), Walk.names(volume, "/"));
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
    assertEquals(FileSystemDriver.LIKELY, Volumes.probe(image.device));
    image.put(17, 0, 2);
    assertEquals(FileSystemDriver.NOT_MINE, Volumes.probe(image.device));
  }

  @Test
  void aVolumeWithoutJumpAndStringsIsFatByItsFields() throws IOException {
    FatImage image = new FatImage(FatType.FAT16);
    image.put(0, 0, 3);
    image.put(3, "\0\0\0\0\0\0\0\0");
    image.put(54, "NTFS    ");
    assertEquals(FileSystemDriver.RECOGNISED, Volumes.probe(image.device));
    assertEquals("FAT16", Volumes.mount(image.device).type());
  }

  @Test
  void randomBytesAreNotFat() throws IOException {
    Random random = new Random(Seeds.of("randomBytesAreNotFat"));
    byte[] bytes = new byte[16 * 512];
    for (int i = 0; i < 20_000; i++) {
      random.nextBytes(bytes);
      MemoryDevice device = new MemoryDevice(bytes.length);
      device.write(0, bytes, 0, bytes.length);
      assertEquals(FileSystemDriver.NOT_MINE, Volumes.probe(device));
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
      assertEquals(FileSystemDriver.NOT_MINE, Volumes.probe(device));
    }
  }

  @Test
  void aBlankOrTinyVolumeIsNotFat() throws IOException {
    assertEquals(FileSystemDriver.NOT_MINE, Volumes.probe(new MemoryDevice(1 << 20)));
    assertEquals(FileSystemDriver.NOT_MINE, Volumes.probe(new MemoryDevice(511)));
    assertEquals(FileSystemDriver.NOT_MINE, Volumes.probe(new MemoryDevice(512)));
    assertThrows(CorruptFileSystemException.class, () -> Volumes.mount(new MemoryDevice(511)));
  }

  @Test
  void ntfsAndExfatHeadersAreNotFat() throws IOException {
    for (String oem : List.of("NTFS    ", "EXFAT   ", "-FVE-FS-")) {
      FatImage image = new FatImage(FatType.FAT32);
      image.put(3, oem);
      assertEquals(FileSystemDriver.NOT_MINE, Volumes.probe(image.device));
    }
    FatImage ntfs = new FatImage(FatType.FAT16);
    ntfs.put(3, "UNKNOWN ");
    ntfs.put(14, 0, 2);
    ntfs.put(16, 0, 4);
    ntfs.put(19, 0, 2);
    ntfs.put(22, 0, 2);
    ntfs.put(36, 0x800080, 4);
    ntfs.put(54, "        ");
    assertEquals(FileSystemDriver.NOT_MINE, Volumes.probe(ntfs.device));
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
    assertEquals(FileSystemDriver.NOT_MINE, Volumes.probe(device));
  }
}
