package dev.tcplay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tcplay.model.PartitionInfo;
import dev.tcplay.model.SeveralPartitionsException;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.testing.DiskTools;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is mounted of a disk with partitions, and by which option. */
class PartitionsTest extends PartitionedDisk {

  @Test
  void theOnlyPartitionWithAFileSystemIsMounted() throws Exception {
    Path image = disk(false, true);
    try (FileSystem volume = plain(image).mount()) {
      assertEquals("two", Files.readString(volume.getPath("/A.TXT")));
      assertEquals("FAT12", facts(volume).fileSystem());
      VolumeInfo info = facts(volume).volume();
      assertEquals(
          List.of((long) SECOND, (long) LENGTH), List.of(info.dataOffset(), info.dataLength()));
      assertEquals(
          Optional.of(
              new PartitionInfo(5, "FAT16 (0x06)", "", SECOND, LENGTH, Optional.of("FAT12"))),
          info.partition());
      assertEquals(5, Files.getAttribute(volume.getPath("/"), "tcplay:partition"));
      assertEquals(List.of(), facts(volume).warnings());
    }
    try (FileSystem volume = FileSystems.newFileSystem(image, Map.of("format", "plain"))) {
      assertEquals("two", Files.readString(volume.getPath("/a.txt")));
    }
    assertEquals("two", text(plain(image).filesystem("fat")));
  }

  @Test
  void ofSeveralFileSystemsTheOptionNamesOne() throws Exception {
    Path image = disk(true, true);
    SeveralPartitionsException several =
        assertThrows(SeveralPartitionsException.class, plain(image)::mount);
    assertEquals(image.toString(), several.getFile());
    assertEquals(
        "has several partitions with a file system, and which one is to be said (partition, in the"
            + " command --partition): 1 FAT16 (0x0e), 16777216 bytes, FAT16;"
            + " 5 FAT16 (0x06), 16777216 bytes, FAT12",
        several.getReason());
    assertEquals(2, several.choices().size());
    assertThrows(SeveralPartitionsException.class, plain(image).filesystem("fat")::mount);
    assertThrows(SeveralPartitionsException.class, () -> plain(image).check(finding -> {}));
    assertEquals("one", text(plain(image).partition(1)));
    assertEquals("two", text(plain(image).partition(5)));
    Map<String, String> env = Map.of("format", "plain", "partition", "5");
    try (FileSystem volume = FileSystems.newFileSystem(image, env)) {
      assertEquals("two", Files.readString(volume.getPath("/A.TXT")));
    }
  }

  @Test
  void withoutAFileSystemThatIsKnownTheWholeIsShownWithAWarning() throws Exception {
    Path image = disk(false, false);
    DiskTools.put(image, FIRST + 3, "NTFS    ".getBytes(StandardCharsets.US_ASCII));
    try (FileSystem volume = plain(image).mount()) {
      assertEquals(SIZE, Files.size(volume.getPath("/volume.img")));
      assertEquals(
          List.of(
              "the volume is shown whole, as no partition has a file system that is known"
                  + " (partition, in the command --partition, shows one):"
                  + " 1 FAT16 (0x0e), 16777216 bytes, NTFS;"
                  + " 2 extended (0x05), 29360128 bytes, no known file system;"
                  + " 5 FAT16 (0x06), 16777216 bytes, no known file system"),
          facts(volume).warnings());
      assertEquals(0, Files.getAttribute(volume.getPath("/"), "tcplay:partition"));
    }
  }

  @Test
  void rawShowsTheWholeUnlessAPartitionIsNamed() throws Exception {
    Path image = disk(true, false);
    try (FileSystem volume = plain(image).filesystem("raw").mount()) {
      assertEquals(SIZE, Files.size(volume.getPath("/volume.img")));
    }
    try (FileSystem volume = plain(image).filesystem("raw").partition(5).mount()) {
      assertEquals(LENGTH, Files.size(volume.getPath("/volume.img")));
    }
  }

  @Test
  void aVolumeThatIsKnownItselfIsMountedWhole() throws Exception {
    Path image = DiskTools.blank(folder.resolve("fat.img"), LENGTH);
    DiskTools.fat(image, 0, LENGTH, 16, "whole");
    // A table in the free bytes of the boot sector, as some cards have it.
    byte[] entry = {0, 0, 0, 0, 0x0E, 0, 0, 0, 0, 8, 0, 0, 0, 8, 0, 0};
    DiskTools.put(image, 446, new byte[64]);
    DiskTools.put(image, 446, entry);
    assertEquals("whole", text(plain(image)));
    try (OpenContainer container = plain(image).open()) {
      assertEquals(1, container.partitions().size());
    }
  }

  @Test
  void aNumberThatIsNotThereIsRefusedWithThoseThatAre() throws Exception {
    Path image = disk(true, true);
    for (ContainerOpener opener : List.of(plain(image), plain(image).filesystem("raw"))) {
      FileSystemException refusal =
          assertThrows(FileSystemException.class, opener.partition(3)::mount);
      assertEquals(
          "has no partition 3; there are 1 FAT16 (0x0e), 16777216 bytes, FAT16;"
              + " 2 extended (0x05), 29360128 bytes, no known file system;"
              + " 5 FAT16 (0x06), 16777216 bytes, FAT12",
          refusal.getReason());
    }
    Path none = DiskTools.blank(folder.resolve("none"), MIB);
    FileSystemException refusal =
        assertThrows(FileSystemException.class, plain(none).partition(1)::open);
    assertEquals("has no partition table, so no partition 1", refusal.getReason());
    // Nothing is left open.
    plain(image).readOnly(false).open().close();
    assertThrows(IllegalArgumentException.class, plain(image).partition(0)::open);
  }

  @Test
  void whatIsAmissWithATableIsTold() throws Exception {
    Path image =
        DiskTools.sgdisk(folder.resolve("gpt.img"), SIZE, "-n", "1:2048:+16M", "-c", "1:Karte");
    DiskTools.fat(image, FIRST, LENGTH, 16, "gpt");
    DiskTools.put(image, 512, new byte[512]);
    String warning = "the first GPT is damaged (there is none); its backup is used";
    try (FileSystem volume = plain(image).mount()) {
      assertEquals("gpt", Files.readString(volume.getPath("/A.TXT")));
      assertEquals(List.of(warning), facts(volume).warnings());
      assertEquals("Karte", facts(volume).volume().partition().orElseThrow().label());
    }
    try (OpenContainer container = plain(image).open()) {
      assertEquals(1, container.partitions().size());
      assertEquals(List.of(warning), container.warnings());
    }
  }
}
