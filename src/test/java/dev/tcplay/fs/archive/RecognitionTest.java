package dev.tcplay.fs.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.fs.fat.FatDriver;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Archives are known by their first bytes, and nothing else is taken for one. */
class RecognitionTest {

  private static final int NOISE = 100_000;

  private final ArchiveDriver driver = new ArchiveDriver();

  @ParameterizedTest
  @EnumSource
  void archivesAreRecognisedByOneRead(MadeArchives format) throws IOException {
    CountingDevice device = new CountingDevice(MadeArchives.device(format.bytes()));
    assertEquals(FileSystemDriver.RECOGNISED, driver.probe(device));
    assertEquals(1, device.reads());
  }

  @Test
  void noiseIsNoArchive() {
    Random random = new Random(Seeds.of("noiseIsNoArchive"));
    byte[] head = new byte[Format.HEAD_BYTES];
    for (int i = 0; i < NOISE; i++) {
      random.nextBytes(head);
      if (i % 4 == 0) {
        // The shortest marks, which noise does have now and then.
        head[0] = 0x1F;
        head[1] = (byte) 0x8B;
        head[2] = 8;
      } else if (i % 4 == 1) {
        head[0] = (byte) 0xC7;
        head[1] = 0x71;
      }
      assertEquals(null, Format.of(head));
      assertEquals(null, Packing.of(head));
    }
  }

  @Test
  void otherVolumesAreNone() throws IOException {
    assertEquals(FileSystemDriver.NOT_MINE, driver.probe(new MemoryDevice(1 << 20)));
    for (int size : new int[] {0, 1, 25, 511}) {
      assertEquals(FileSystemDriver.NOT_MINE, driver.probe(new MemoryDevice(size)));
    }
    for (String type : new String[] {"FAT12", "FAT16", "FAT32"}) {
      BlockDevice fat = new MemoryDevice(type.equals("FAT12") ? 1 << 20 : 64 << 20);
      new FatDriver().format(fat, FormatOptions.DEFAULT.withType(Optional.of(type)));
      assertEquals(FileSystemDriver.NOT_MINE, driver.probe(fat), type);
    }
  }

  @Test
  void aTarOfV7IsLikely() throws IOException {
    byte[] tar = MadeArchives.TAR.bytes();
    Arrays.fill(tar, 257, 265, (byte) 0);
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += i >= 148 && i < 156 ? ' ' : tar[i] & 0xFF;
    }
    byte[] text = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, tar, 148, 8);
    assertEquals(FileSystemDriver.LIKELY, driver.probe(MadeArchives.device(tar)));
    assertTrue(TarHeader.isSound(tar));
  }
}
