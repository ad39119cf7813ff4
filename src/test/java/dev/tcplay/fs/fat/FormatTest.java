package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.EndingDevice;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes that we make: the rules J. */
class FormatTest {

  private static FormatOptions options(String type, String label) {
    return FormatOptions.DEFAULT
        .withType(Optional.ofNullable(type))
        .withLabel(Optional.ofNullable(label))
        .withCodePage(Charset.forName("IBM437"));
  }

  /** Sizes of each kind, and those at which VeraCrypt's own are of two types at once. */
  @ParameterizedTest
  @ValueSource(
      longs = {
        36_864,
        100_000,
        1_048_576,
        1_048_577,
        4_194_304,
        4_200_448,
        4_208_000,
        4_217_344,
        10_485_760,
        67_108_864,
        67_115_008,
        67_123_200,
        67_641_856,
        104_857_600,
        536_870_912,
        1_073_741_824,
        20_000_000_000L
      })
  void othersFindNothingAmiss(long bytes, @TempDir Path folder) throws Exception {
    Path image = folder.resolve("volume.img");
    noise(image, bytes);
    try (BlockDevice device = FileDevice.open(image, HostOpen.writing())) {
      new FatDriver().format(device, options(null, "Green 1"));
    }
    try (MountedVolume volume = Volumes.mount(image)) {
      assertEquals("GREEN 1", volume.label().orElseThrow());
      assertEquals(List.of(), Walk.names(volume, "/"));
      assertEquals(List.of(), volume.warnings());
      boolean fat32 = volume.type().equals("FAT32");
      long clusterSize = volume.space().blockSize();
      assertEquals(
          volume.space().totalBytes() - (fat32 ? clusterSize : 0), volume.space().freeBytes());
      Judge.Verdict fsck = Judge.run("fsck.fat", "-n", "-V", image.toString());
      assertEquals(0, fsck.status(), fsck.output());
      long clusters = volume.space().totalBytes() / clusterSize;
      assertEquals(
          image + ": 1 files, " + (fat32 ? 1 : 0) + "/" + clusters + " clusters",
          fsck.output()
              .lines()
              .skip(1)
              .reduce("", (a, b) -> a.isEmpty() ? b : a + "\n" + b)
              .replace("Starting check/repair pass.\n", "")
              .replace("Starting verification pass.\n", ""));
      Judge.Verdict minfo = Judge.run("minfo", "-i", image.toString());
      assertEquals(0, minfo.status(), minfo.output());
      if (fat32) {
        assertTrue(minfo.output().contains("free clusters=" + (clusters - 1)), minfo.output());
      }
      Judge.Verdict fsstat = Judge.run("fsstat", image.toString());
      assertEquals(0, fsstat.status(), fsstat.output());
      assertTrue(fsstat.output().contains("File System Type: " + volume.type()));
    }
  }

  /** A file of the size that is not all zeros where the structures come to lie. */
  private static void noise(Path image, long bytes) throws IOException {
    byte[] noise = new byte[(int) Math.min(bytes, 1 << 20)];
    new Random(7).nextBytes(noise);
    try (FileChannel file =
        FileChannel.open(
            image,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      file.write(ByteBuffer.wrap(noise));
      file.write(ByteBuffer.wrap(new byte[1]), bytes - 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fat12", "FAT16", "Fat32"})
  void theTypeAskedForIsMade(String type) throws IOException {
    MemoryDevice device = new MemoryDevice(100 << 20);
    new FatDriver().format(device, options(type, null));
    try (MountedVolume volume = Volumes.mount(device)) {
      assertTrue(volume.type().equalsIgnoreCase(type));
      assertEquals(Optional.empty(), volume.label());
    }
  }

  @Test
  void aLabelIsWrittenInTheCodePage(@TempDir Path folder) throws Exception {
    Path image = folder.resolve("volume.img");
    noise(image, 1 << 20);
    try (BlockDevice device = FileDevice.open(image, HostOpen.writing())) {
      new FatDriver().format(device, options(null, "σ Grün \u00C7"));
    }
    try (MountedVolume volume = Volumes.mount(image)) {
      assertEquals("Σ GRÜN Ç", volume.label().orElseThrow());
    }
  }

  @Test
  void whatFilesWillTakeIsNotTouched() throws IOException {
    MemoryDevice device = new MemoryDevice(4 << 20);
    byte[] noise = new byte[4 << 20];
    new Random(3).nextBytes(noise);
    device.write(0, noise, 0, noise.length);
    new FatDriver().format(device, options(null, null));
    int data = (int) BootRegion.find(device).geometry().dataPosition();
    byte[] after = new byte[noise.length - data];
    device.read(data, after, 0, after.length);
    assertArrayEquals(java.util.Arrays.copyOfRange(noise, data, noise.length), after);
  }

  @Test
  void wrongOptionsAreRefusedBeforeAnythingIsWritten() throws IOException {
    CountingDevice device = new CountingDevice(new MemoryDevice(1 << 20));
    FatDriver driver = new FatDriver();
    for (String label :
        List.of("", "twelve chars", "a.b", "a*b", "x\n", "日本", " lead", "NO NAME", "a/b")) {
      assertThrows(
          IllegalArgumentException.class, () -> driver.format(device, options(null, label)), label);
    }
    for (String type : List.of("fat", "exfat", "fat32", "")) {
      assertThrows(
          IllegalArgumentException.class, () -> driver.format(device, options(type, null)), type);
    }
    assertEquals(0, device.writes());
  }

  @Test
  void aTebibyteOpensWithAsFewReadsAsAGibibyte() throws IOException {
    long[] sectors = new long[2];
    for (int i = 0; i < 2; i++) {
      MemoryDevice memory = new MemoryDevice(1L << (30 + 10 * i));
      new FatDriver().format(memory, options(null, "BIG"));
      CountingDevice device = new CountingDevice(memory);
      MountedVolume volume = Volumes.mount(device);
      assertEquals("BIG", volume.label().orElseThrow());
      assertEquals(List.of(), Walk.names(volume, "/"));
      sectors[i] = device.sectorsRead();
    }
    assertEquals(sectors[0], sectors[1]);
    assertTrue(sectors[0] < 64, () -> sectors[0] + " sectors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void whatIsBrokenOffLeavesNeitherTheOldFileSystemNorTheNew(String type) throws IOException {
    FatDriver driver = new FatDriver();
    boolean whole = false;
    for (int writes = 1; !whole; writes++) {
      try (MemoryDevice device = new MemoryDevice(type.equals("FAT12") ? 4 << 20 : 64 << 20)) {
        driver.format(device, options(type, "OLD"));
        try {
          driver.format(new EndingDevice(device, writes), options(type, "NEW"));
          whole = true;
        } catch (FileSystemException e) {
          String reason = String.valueOf(e.getReason());
          assertTrue(reason.contains("no file system any more"), reason);
          assertTrue(reason.contains("taken away"), reason);
        }
        byte[] boot = new byte[512];
        device.read(0, boot, 0, boot.length);
        assertEquals(whole, !Arrays.equals(new byte[512], boot), "after " + writes + " writes");
      }
    }
  }

  @Test
  void anInterruptBeforeTheFirstWriteChangesNothing() throws IOException {
    try (MemoryDevice device = new MemoryDevice(4 << 20)) {
      new FatDriver().format(device, options("FAT12", "OLD"));
      byte[] before = new byte[4 << 20];
      device.read(0, before, 0, before.length);
      Thread.currentThread().interrupt();
      assertThrows(
          ClosedByInterruptException.class,
          () -> new FatDriver().format(device, options("FAT12", "NEW")));
      assertTrue(Thread.interrupted());
      byte[] after = new byte[4 << 20];
      device.read(0, after, 0, after.length);
      assertArrayEquals(before, after);
    }
  }
}
