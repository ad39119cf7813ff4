package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.block.LogWritesDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.fs.GrownFileSystem;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.KeptDevice;
import dev.tcplay.testing.Seeds;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Volumes grow in place as far as their tables have room. */
class FatGrowthTest {

  private static final int FAT = 40 * 512;

  @TempDir private Path folder;

  private static GrownFileSystem grow(BlockDevice device) throws IOException {
    return new FatDriver().grow(device, WritableVolumes.OPTIONS);
  }

  private void assertJudgedSound(BlockDevice device) throws Exception {
    assertEquals(List.of(), Checks.findings(device));
    Path image = WritableVolumes.save(device, folder.resolve("volume.img"));
    Judge.Verdict fsck = Judge.run("fsck.fat", "-n", image.toString());
    assertEquals(0, fsck.status(), fsck.output());
  }

  private static void put(BlockDevice device, long at, long value, int bytes) throws IOException {
    byte[] raw = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    device.write(at, raw, 0, bytes);
  }

  private static int sector(BlockDevice device, long at, int bytes) throws IOException {
    byte[] raw = new byte[4];
    device.read(at, raw, 0, bytes);
    return ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
  }

  /**
   * Makes a volume whose tables are those of a larger one, with rubbish in what it does not use.
   */
  private Path withSpareTable(String type, int kib, int smallerKib, int perCluster)
      throws Exception {
    Path image = folder.resolve("spare.img");
    Files.deleteIfExists(image);
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(kib * 1024L);
    }
    Judge.Verdict made =
        Judge.run("mkfs.fat", "-F", type.substring(3), "-s", "" + perCluster, image.toString());
    assertEquals(0, made.status(), made.output());
    boolean fat32 = type.equals("FAT32");
    long sectors = smallerKib * 2L;
    try (BlockDevice device = FileDevice.open(image, HostOpen.writing())) {
      for (int boot : fat32 ? new int[] {0, 6 * 512} : new int[] {0}) {
        boolean small = sector(device, boot + 19, 2) != 0;
        put(device, boot + (small ? 19 : 32), sectors, small ? 2 : 4);
      }
      if (fat32) {
        put(device, 512 + 488, -1, 4);
      }
      BootRegion region = BootRegion.find(device);
      Geometry geometry = region.geometry();
      Random random = new Random(Seeds.of("FatGrowthTest " + type));
      for (long table : TableEdit.copies(region.boot(), geometry)) {
        long used = ((geometry.clusters() + 2L) * geometry.type().bits() + 7) / 8;
        byte[] rubbish = new byte[(int) (geometry.fatLength() - used)];
        random.nextBytes(rubbish);
        device.write(table + used, rubbish, 0, rubbish.length);
      }
    }
    return image;
  }

  @ParameterizedTest
  @CsvSource({
    "FAT12, 2000, 1001, 2",
    "FAT12, 3000, 2000, 4",
    "FAT16, 16384, 4999, 2",
    "FAT16, 60000, 30000, 8",
    "FAT16, 40000, 31000, 4",
    "FAT32, 40000, 34000, 1",
    "FAT32, 160000, 140001, 2"
  })
  void aVolumeWithASpareTableFillsItsDevice(String type, int kib, int smallerKib, int perCluster)
      throws Exception {
    Path image = withSpareTable(type, kib, smallerKib, perCluster);
    byte[] contents = new byte[500_000];
    new Random(1).nextBytes(contents);
    Path file = Files.write(folder.resolve("big"), contents);
    assertEquals(0, Judge.run("mcopy", "-i", image.toString(), file.toString(), "::BIG").status());
    long free;
    try (BlockDevice device = FileDevice.open(image, HostOpen.writing())) {
      assertEquals(List.of(), Checks.findings(device));
      assertEquals(
          new GrownFileSystem(type, smallerKib * 1024L, kib * 1024L, Optional.empty()),
          grow(device));
      assertJudgedSound(device);
      try (MountedVolume volume = WritableVolumes.mount(device)) {
        assertEquals(type, volume.type());
        free = volume.space().freeBytes();
      }
    }
    assertTrue(free + contents.length > (kib - smallerKib) * 1000L, "free: " + free);
    byte[] zeros = new byte[(int) free];
    Path more = Files.write(folder.resolve("more"), zeros);
    assertEquals(0, Judge.run("mcopy", "-i", image.toString(), more.toString(), "::MORE").status());
    try (BlockDevice device = FileDevice.open(image, HostOpen.writing())) {
      try (MountedVolume volume = Volumes.mount(new KeptDevice(device))) {
        assertArrayEquals(contents, Walk.read(volume, "BIG"));
        assertArrayEquals(zeros, Walk.read(volume, "MORE"));
      }
      assertJudgedSound(device);
      assertEquals(kib * 1024L, grow(device).before());
    }
    Judge.Verdict mdir = Judge.run("mdir", "-b", "-i", image.toString(), "::");
    assertEquals(List.of("::/BIG", "::/MORE"), mdir.output().lines().toList());
  }

  /** Returns a sound volume of 512-byte clusters in a larger device. */
  private static MemoryDevice inLarger(FatImage image, int sectors) throws IOException {
    MemoryDevice device = new MemoryDevice(sectors * 512L);
    byte[] bytes = Repairs.bytes(image.device);
    device.write(0, bytes, 0, bytes.length);
    return device;
  }

  @ParameterizedTest
  @CsvSource({
    // 4084 clusters behind 1 + 80 + 4 sectors
    "FAT12, 4169, with more than 4084 clusters it would be of another type",
    "FAT16, 10323, its table had room for 4323 clusters more",
    "FAT32, 5230, its table had room for 2230 clusters more"
  })
  void aVolumeGrowsAsFarAsItsTableAndTypeAllow(FatType type, int sectors, String limit)
      throws Exception {
    FatImage image = Checks.sound(type);
    Map<String, byte[]> files = Repairs.readable(image.device);
    for (int larger : new int[] {sectors, sectors + 5000}) {
      MemoryDevice device = inLarger(image, larger);
      GrownFileSystem grown = grow(device);
      assertEquals(sectors * 512L, grown.after());
      assertEquals(larger == sectors ? Optional.empty() : Optional.of(limit), grown.limit());
      assertJudgedSound(device);
      assertSame(files, device);
      GrownFileSystem again = grow(device);
      assertEquals(again.before(), again.after());
      assertEquals(larger == sectors, again.limit().isEmpty());
    }
  }

  private static void assertSame(Map<String, byte[]> files, BlockDevice device) throws Exception {
    Map<String, byte[]> after = Repairs.readable(device);
    assertEquals(files.keySet(), after.keySet());
    files.forEach((path, bytes) -> assertArrayEquals(bytes, after.get(path), path));
  }

  @Test
  void aTotalOf16BitsMovesToItsLargerTwin() throws Exception {
    Path image = withSpareTable("FAT16", 40_000, 31_000, 2);
    try (BlockDevice device = FileDevice.open(image, HostOpen.writing())) {
      put(device, 19, 62_000, 2);
      put(device, 32, 0, 4);
      assertEquals(40_000 * 1024L, grow(device).after());
      assertEquals(0, sector(device, 19, 2));
      assertEquals(80_000, sector(device, 32, 4));
      assertJudgedSound(device);
    }
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void aDamagedVolumeStaysAsItIs(FatType type) throws Exception {
    FatImage image = Checks.sound(type);
    image.chain(70, 71); // lost
    MemoryDevice device = inLarger(image, 8000);
    byte[] before = Repairs.bytes(device);
    GrownFileSystem grown = grow(device);
    assertEquals(grown.before(), grown.after());
    assertEquals(
        Optional.of("a check finds damage (lost-clusters) to be repaired first"), grown.limit());
    assertArrayEquals(before, Repairs.bytes(device));
  }

  /** Every prefix of the writes, and random sectors of what no flush followed. */
  @ParameterizedTest
  @EnumSource(FatType.class)
  void whereverTheGrowthIsCutAllFilesAreThereAndTheNextOneEndsIt(FatType type) throws Exception {
    Random random = new Random(Seeds.of("whereverTheGrowthIsCut " + type));
    FatImage image = Checks.sound(type);
    for (int copy = 0; copy < 2; copy++) {
      byte[] rubbish = new byte[FAT];
      random.nextBytes(rubbish);
      long used = ((image.clusters() + 2L) * type.bits() + 7) / 8;
      image.device.write(
          image.fatPosition() + (long) copy * FAT + used, rubbish, 0, (int) (FAT - used));
    }
    Map<String, byte[]> files = Repairs.readable(image.device);
    byte[] start = Repairs.bytes(inLarger(image, 20_000));
    LogWritesDevice log = new LogWritesDevice(device(start));
    long size = grow(log).after();
    assertTrue(size > image.device.size());
    int from = 0;
    for (int cut = 0; cut <= log.entries(); cut++) {
      MemoryDevice prefix = device(start);
      log.replay(0, cut, prefix);
      assertGrowsOn(prefix, size, files);
      if (cut < log.entries() && log.isFlush(cut)) {
        for (int subset = 0; subset < 6; subset++) {
          MemoryDevice torn = device(start);
          log.replay(0, from, torn);
          log.replay(from, cut, torn, (entry, sector) -> random.nextBoolean());
          assertGrowsOn(torn, size, files);
        }
        from = cut;
      }
    }
  }

  private static void assertGrowsOn(BlockDevice device, long size, Map<String, byte[]> files)
      throws Exception {
    assertSame(files, device);
    // No cluster is counted whose entry is not free, whatever the mark says.
    BootRegion region = BootRegion.find(device);
    for (long copy : TableEdit.copies(region.boot(), region.geometry())) {
      BlockDevice table = new LinearDevice(device, copy, region.geometry().fatLength());
      assertEquals(0, taken(table, region.geometry(), 2000));
    }
    assertEquals(size, grow(device).after());
    assertEquals(List.of(), Checks.findings(device));
    assertSame(files, device);
  }

  /** Returns how many entries from a cluster on are not free. */
  private static long taken(BlockDevice table, Geometry geometry, int from) throws IOException {
    byte[] bytes = Repairs.bytes(table);
    FatType type = geometry.type();
    long taken = 0;
    for (int cluster = from; cluster < geometry.clusters() + 2; cluster++) {
      taken += type.get(bytes, (int) type.position(cluster), cluster) == FatType.FREE ? 0 : 1;
    }
    return taken;
  }

  private static MemoryDevice device(byte[] bytes) throws IOException {
    MemoryDevice device = new MemoryDevice(bytes.length);
    device.write(0, bytes, 0, bytes.length);
    return device;
  }

  @Test
  void aMarkThatNobodyTookAwayDoesNotKeepASoundVolumeSmall() throws Exception {
    FatImage image = Checks.sound(FatType.FAT16);
    image.put(37, 1, 1);
    MemoryDevice device = inLarger(image, 8000);
    assertEquals(8000 * 512L, grow(device).after());
    assertEquals(List.of(), Checks.findings(device));
    assertTrue(Arrays.equals(Repairs.bytes(device), 0, 3, Repairs.bytes(image.device), 0, 3));
  }
}
