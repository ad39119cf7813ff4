package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Volumes that are longer than their containers. */
class CutVolumeTest {

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
      assertEquals(List.of("FILE"), Walk.names(volume, "/"));
      assertTrue(volume.isReadOnly());
    }
  }

  @Test
  void aDirectoryBeyondTheEndIsDamageOfThatDirectory() throws IOException {
    FatImage image = new FatImage(FatType.FAT16);
    image.addDirectory(0, "DIR        ", 1000);
    try (MountedVolume volume = Volumes.mount(cut(image, 500 * 512))) {
      assertEquals(List.of("DIR"), Walk.names(volume, "/"));
      CorruptFileSystemException e =
          assertThrows(CorruptFileSystemException.class, () -> Walk.names(volume, "DIR"));
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
  void aVolumeLongerThanItsContainerCanBeReadUpToTheEnd() throws IOException {
    FatImage image = new FatImage(FatType.FAT16);
    image.put(19, 7000, 2);
    int last = 6000 - 85 + 1;
    image.chain(10, last, last + 1);
    image.add(0, "FILE       ", 0, 10, 3 * 512);
    try (MountedVolume volume = Volumes.mount(image.device)) {
      assertTrue(volume.warnings().get(0).contains("the container has 3072000"));
      byte[] target = new byte[2000];
      try (var open = volume.open(Walk.find(volume, "FILE"))) {
        assertEquals(1024, open.read(0, target, 0, 2000));
        IOException e = assertThrows(IOException.class, () -> open.read(1024, target, 0, 1));
        assertTrue(e.getMessage().contains("3072000"), e.getMessage());
      }
    }
  }
}
