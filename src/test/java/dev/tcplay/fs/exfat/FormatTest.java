package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.EndingDevice;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes that we make: the rule L16. */
class FormatTest {

  private static final int NOISE = 3 << 20;

  private static FormatOptions options(String label) {
    return FormatOptions.DEFAULT.withLabel(Optional.ofNullable(label));
  }

  /** A file of the size that is not all zeros where the structures come to lie. */
  private static void noise(Path image, long bytes) throws IOException {
    byte[] noise = new byte[(int) Math.min(bytes, NOISE)];
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

  /** What dump.exfat says, but for the serial number, which differs. */
  private static String fields(Path image) throws Exception {
    Judge.Verdict dump = Judge.run("dump.exfat", image.toString());
    assertEquals(0, dump.status(), dump.output());
    return dump.output()
        .lines()
        .filter(line -> !line.contains("Serial"))
        .collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        1 << 20,
        1_600_000,
        2_097_664,
        3 << 20,
        4_000_256,
        10 << 20,
        64 << 20,
        256 << 20,
        257 << 20,
        1 << 30,
        5_000_000_000L,
        40_000_000_000L,
        1L << 38
      })
  void fieldsAreThoseOfMkfsAndNothingIsAmiss(long bytes, @TempDir Path folder) throws Exception {
    Path image = folder.resolve("ours.img");
    noise(image, bytes);
    try (BlockDevice device = FileDevice.open(image, HostOpen.writing())) {
      new ExFatDriver().format(device, options("Grün 日本"));
    }
    Judge.Verdict fsck = Judge.run("fsck.exfat", "-n", image.toString());
    assertEquals(0, fsck.status(), fsck.output());
    assertTrue(fsck.output().contains("clean. directories 1, files 0"), fsck.output());
    Path theirs = folder.resolve("theirs.img");
    noise(theirs, bytes);
    String alignment = bytes < 3 << 20 ? "64K" : "1M";
    Judge.Verdict mkfs =
        Judge.run("mkfs.exfat", "-b", alignment, "-L", "Grün 日本", theirs.toString());
    assertEquals(0, mkfs.status(), mkfs.output());
    assertEquals(fields(theirs), fields(image));
    Files.delete(theirs);
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1024, 2048, 4096})
  void sectorsMayBeLarger(int sectorSize) throws IOException {
    MemoryDevice device = new MemoryDevice(20 << 20, sectorSize);
    new ExFatDriver().format(device, options(null));
    BootRegion region = BootRegion.find(device);
    assertEquals(sectorSize, region.geometry().sectorSize());
    assertEquals(20 << 20, region.geometry().length());
    int backup = BootRegion.SECTORS * sectorSize;
    assertEquals(region.boot(), BootRegion.parse(device, backup, null).boot());
  }

  @Test
  void aPartitionKnowsWhereItBegins() throws IOException {
    MemoryDevice device = new MemoryDevice(4 << 20);
    new ExFatDriver().format(device, options(null).withStart(3L << 40));
    assertEquals(3L << 31, BootRegion.find(device).boot().partitionOffset());
  }

  @Test
  void whatFilesWillTakeIsNotTouched() throws IOException {
    MemoryDevice device = new MemoryDevice(4 << 20);
    byte[] noise = new byte[4 << 20];
    new Random(3).nextBytes(noise);
    device.write(0, noise, 0, noise.length);
    new ExFatDriver().format(device, options(null));
    Geometry geometry = BootRegion.find(device).geometry();
    int free = (int) geometry.position(geometry.rootCluster() + 1);
    byte[] after = new byte[noise.length - free];
    device.read(free, after, 0, after.length);
    assertArrayEquals(Arrays.copyOfRange(noise, free, noise.length), after);
  }

  @Test
  void wrongOptionsAreRefusedBeforeAnythingIsWritten() {
    CountingDevice device = new CountingDevice(new MemoryDevice(1 << 20));
    ExFatDriver driver = new ExFatDriver();
    for (String label : List.of("twelve chars", "x\n", "nul\0")) {
      assertThrows(
          IllegalArgumentException.class, () -> driver.format(device, options(label)), label);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> driver.format(device, options(null).withType(Optional.of("FAT32"))));
    assertThrows(
        IllegalArgumentException.class,
        () -> driver.format(new MemoryDevice((1 << 20) - 1), options(null)));
    assertEquals(0, device.writes());
  }

  @Test
  void whatIsBrokenOffLeavesNeitherTheOldFileSystemNorTheNew() throws IOException {
    ExFatDriver driver = new ExFatDriver();
    boolean whole = false;
    for (int writes = 1; !whole; writes++) {
      try (MemoryDevice device = new MemoryDevice(4 << 20)) {
        driver.format(device, options("OLD"));
        try {
          driver.format(new EndingDevice(device, writes), options("NEW"));
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
  void anInterruptBeforeTheFirstWriteChangesNothing() {
    CountingDevice device = new CountingDevice(new MemoryDevice(4 << 20));
    Thread.currentThread().interrupt();
    assertThrows(
        ClosedByInterruptException.class, () -> new ExFatDriver().format(device, options("NEW")));
    assertTrue(Thread.interrupted());
    assertEquals(0, device.writes());
  }
}
