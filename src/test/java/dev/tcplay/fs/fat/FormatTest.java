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
import dev.tcplay.testing.DelegatingDevice;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Seeds;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes that we make: the rules J. */
class FormatTest {

  private static FormatOptions options(String type, String label) {
    return FormatOptions.DEFAULT
        .withType(Optional.ofNullable(type))
        .withLabel(Optional.ofNullable(label))
        .withCodePage(Charset.forName("IBM437"));
  }

  /** What VeraCrypt makes of these sizes. */
  @ParameterizedTest
  @CsvSource({
    "36864,         FAT12,   512",
    "1048576,       FAT12,   512",
    "4194304,       FAT12,  1024",
    "10485760,      FAT16,  1024",
    "67108864,      FAT16,  1024",
    "104857600,     FAT32,  1024",
    "268435455,     FAT32,  1024",
    "268435456,     FAT32,  2048",
    "536870912,     FAT32,  4096",
    "1073741824,    FAT32,  4096",
    "17179869183,   FAT32,  4096",
    "17179869184,   FAT32,  8192",
    "34359738368,   FAT32, 16384",
    "68719476736,   FAT32, 32768",
    "137438953472,  FAT32, 65536",
    "1099511627776, FAT32, 65536",
    "2199023255040, FAT32, 65536"
  })
  void typeAndClusterSizeAreVeraCrypts(long bytes, FatType type, int clusterSize) {
    FatLayout layout = FatLayout.of(bytes, 512, null);
    assertEquals(type, layout.type());
    assertEquals(clusterSize, 512 * layout.sectorsPerCluster());
    if (type == FatType.FAT32) {
      assertEquals(0, (layout.reserved() + 2 * layout.sectorsPerFat()) % 8);
      assertTrue(layout.reserved() >= 32);
    } else {
      assertEquals(2, layout.reserved());
    }
  }

  @Test
  void largeSectorsAreFormattedToo() {
    for (int sectorSize : new int[] {1024, 2048, 4096}) {
      for (long bytes = 36_864; bytes < 1L << 42; bytes = bytes * 5 / 4) {
        assertSound(FatLayout.of(bytes, sectorSize, null), bytes);
      }
    }
  }

  @Test
  void noSizeMakesAVolumeNearTheLimitsOfItsType() {
    for (long sectors = 72; sectors < 300_000; sectors++) {
      assertSound(FatLayout.of(512 * sectors, 512, null), 512 * sectors);
    }
    Random random = new Random(Seeds.of("noSizeMakesAVolumeNearTheLimitsOfItsType"));
    for (int i = 0; i < 100_000; i++) {
      long sectors = 72 + (long) (Math.pow(random.nextDouble(), 3) * (0xFFFFFFFFL - 72));
      assertSound(FatLayout.of(512 * sectors, 512, null), 512 * sectors);
    }
  }

  private static void assertSound(FatLayout layout, long bytes) {
    long clusters = layout.clusters();
    FatType counted =
        clusters < 4085 ? FatType.FAT12 : clusters < 65_525 ? FatType.FAT16 : FatType.FAT32;
    assertEquals(counted, layout.type(), () -> layout.toString());
    assertTrue(Math.abs(clusters - 4085) >= 16 && Math.abs(clusters - 65_525) >= 16);
    assertTrue(clusters + 2 <= layout.sectorsPerFat() * layout.sectorSize() * 8 / counted.bits());
    assertTrue(layout.sectors() * layout.sectorSize() <= bytes);
  }

  @Test
  void aTypeIsMadeWhereverItFits() {
    for (FatType type : FatType.values()) {
      int made = 0;
      for (long bytes = 36_864; bytes < 1L << 40; bytes = bytes * 9 / 8) {
        try {
          FatLayout layout = FatLayout.of(bytes, 512, type);
          assertEquals(type, layout.type());
          assertSound(layout, bytes);
          made++;
        } catch (IllegalArgumentException e) {
          assertTrue(e.getMessage().contains(type.name()), e.getMessage());
        }
      }
      assertTrue(made > 50, type + " " + made);
    }
  }

  @Test
  void sizesBeyondTheLimitsAreRefused() {
    for (long bytes : new long[] {0, 512, 36_863, 512L << 32, Long.MAX_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> FatLayout.of(bytes, 512, null));
    }
    assertThrows(IllegalArgumentException.class, () -> FatLayout.of(1 << 20, 8192, null));
    assertEquals(0xFFFFFFFFL, FatLayout.of(0xFFFFFFFFL * 512, 512, null).sectors());
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
      assertEquals(List.of(), Volumes.names(volume, "/"));
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
      assertEquals(List.of(), Volumes.names(volume, "/"));
      sectors[i] = device.sectorsRead();
    }
    assertEquals(sectors[0], sectors[1]);
    assertTrue(sectors[0] < 64, () -> sectors[0] + " sectors");
  }

  /** Fails from some write on, as a device that is taken away. */
  private static final class EndingDevice extends DelegatingDevice {
    private int left;

    EndingDevice(BlockDevice lower, int writes) {
      super(lower);
      this.left = writes;
    }

    @Override
    public void write(long position, byte[] source, int offset, int length) throws IOException {
      if (left-- <= 0) {
        throw new IOException("taken away");
      }
      super.write(position, source, offset, length);
    }
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
