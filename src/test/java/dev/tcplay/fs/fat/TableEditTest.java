package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.LogWritesDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.WriteOrder;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules B1, B2, B6 and A9, for writing. */
class TableEditTest {

  private static byte[] bytes(MemoryDevice device) throws IOException {
    byte[] bytes = new byte[(int) device.size()];
    device.read(0, bytes, 0, bytes.length);
    return bytes;
  }

  private static TableEdit edit(FatImage image, WriteBatch batch) throws IOException {
    BootRegion region = BootRegion.find(image.device);
    long[] copies = TableEdit.copies(region.boot(), region.geometry());
    return new TableEdit(image.device, region.geometry(), copies, batch);
  }

  /** Noise in every entry and in the bits that are nobody's, as in a volume of somebody else. */
  private static void noise(FatImage image, long seed) throws IOException {
    byte[] noise = new byte[40 * 512];
    new Random(seed).nextBytes(noise);
    for (int copy = 0; copy < 2; copy++) {
      image.device.write(image.fatPosition() + (long) copy * noise.length, noise, 0, noise.length);
    }
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void entriesChangeAndNothingElse(FatType type) throws IOException {
    long seed = Seeds.of("entriesChangeAndNothingElse");
    Random random = new Random(seed);
    FatImage image = new FatImage(type);
    FatImage expected = new FatImage(type);
    noise(image, seed);
    noise(expected, seed);
    for (int round = 0; round < 50; round++) {
      WriteBatch batch = new WriteBatch();
      TableEdit edit = edit(image, batch);
      for (Group group : List.of(WriteOrder.DATA, WriteOrder.ALLOCATIONS, WriteOrder.FREES)) {
        for (int i = random.nextInt(20); i > 0; i--) {
          int cluster = 2 + random.nextInt(random.nextBoolean() ? 30 : image.clusters());
          int choice = random.nextInt(3);
          int next = 2 + random.nextInt(image.clusters());
          int value = choice == 0 ? 0 : choice == 1 ? type.end() : next;
          edit.set(group, cluster, value);
          int kept = type == FatType.FAT32 ? topBits(expected, cluster) : 0;
          expected.fat(cluster, kept | value);
        }
      }
      edit.finish();
      image.device.submit(batch);
      assertArrayEquals(bytes(expected.device), bytes(image.device));
    }
  }

  private static int topBits(FatImage image, int cluster) throws IOException {
    byte[] top = new byte[1];
    image.device.read(image.fatPosition() + 4L * cluster + 3, top, 0, 1);
    return (top[0] & 0xF0) << 24;
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void aChainIsLinkedInTheOrderOfItsRuns(FatType type) throws IOException {
    FatImage image = new FatImage(type);
    FatImage expected = new FatImage(type);
    WriteBatch batch = new WriteBatch();
    TableEdit edit = edit(image, batch);
    List<Extent> runs = List.of(new Extent(340, 4), new Extent(10, 2));
    edit.chain(WriteOrder.ALLOCATIONS, runs);
    edit.finish();
    image.device.submit(batch);
    expected.chain(340, 341, 342, 343, 10, 11);
    assertArrayEquals(bytes(expected.device), bytes(image.device));
    WriteBatch frees = new WriteBatch();
    TableEdit free = edit(image, frees);
    free.free(WriteOrder.FREES, runs);
    free.finish();
    image.device.submit(frees);
    assertArrayEquals(bytes(new FatImage(type).device), bytes(image.device));
  }

  /** A later group must not ride on the bytes of an earlier one: FAT12 neighbours share a byte. */
  @ParameterizedTest
  @EnumSource(FatType.class)
  void eachGroupBringsItsOwnEntriesOnly(FatType type) throws IOException {
    FatImage image = new FatImage(type);
    LogWritesDevice log = new LogWritesDevice(image.device);
    BootRegion region = BootRegion.find(log);
    long[] copies = TableEdit.copies(region.boot(), region.geometry());
    WriteBatch batch = new WriteBatch();
    TableEdit edit = new TableEdit(log, region.geometry(), copies, batch);
    edit.set(WriteOrder.ALLOCATIONS, 10, 11);
    edit.set(WriteOrder.ALLOCATIONS, 12, type.end());
    edit.set(WriteOrder.ENTRIES_REMOVED, 11, type.end());
    edit.finish();
    assertThrows(IllegalArgumentException.class, () -> edit.set(WriteOrder.DATA, 20, 0));
    log.submit(batch);
    FatTable.Cursor whole = new FatTable(image.device, region.geometry()).cursor();
    assertEquals(type.end(), whole.get(11));
    FatImage before = new FatImage(type);
    log.replay(0, 2, before.device);
    FatTable.Cursor half = new FatTable(before.device, region.geometry()).cursor();
    assertEquals(11, half.get(10));
    assertEquals(FatType.FREE, half.get(11));
    assertEquals(type.end(), half.get(12));
  }

  @Test
  void onlyTheLiveCopyIsWrittenWhereTheyAreNotMirrored() throws IOException {
    FatImage image = new FatImage(FatType.FAT32);
    image.put(40, 0x81, 2);
    byte[] before = bytes(image.device);
    WriteBatch batch = new WriteBatch();
    TableEdit edit = edit(image, batch);
    edit.set(WriteOrder.ALLOCATIONS, 3, 0x0FFFFFFF);
    edit.finish();
    image.device.submit(batch);
    byte[] after = bytes(image.device);
    long second = image.fatPosition() + 40 * 512 + 12;
    assertTrue(after[(int) second] == (byte) 0xFF && before[(int) second] == 0);
    System.arraycopy(before, (int) second, after, (int) second, 4);
    assertArrayEquals(before, after);
  }

  @Test
  void aLongChainTakesOneWriteForEachSectorAndCopy() throws IOException {
    FatImage image = new FatImage(FatType.FAT16);
    CountingDevice device = new CountingDevice(image.device);
    BootRegion region = BootRegion.find(device);
    long[] copies = TableEdit.copies(region.boot(), region.geometry());
    WriteBatch batch = new WriteBatch();
    TableEdit edit = new TableEdit(device, region.geometry(), copies, batch);
    edit.chain(WriteOrder.ALLOCATIONS, List.of(new Extent(256, 1024)));
    edit.finish();
    device.submit(batch);
    assertEquals(2 * 4, device.writes());
    assertEquals(2 * 4, device.sectorsWritten());
  }

  @Test
  void whatIsNoClusterAndNoValueIsRefused() throws IOException {
    FatImage image = new FatImage(FatType.FAT16);
    TableEdit edit = edit(image, new WriteBatch());
    int last = image.clusters() + 1;
    for (int cluster : new int[] {-1, 0, 1, last + 1}) {
      assertThrows(
          IllegalArgumentException.class, () -> edit.set(WriteOrder.FREES, cluster, FatType.FREE));
    }
    for (int value : new int[] {-1, 1, last + 1, FatType.FAT16.bad(), 0x0FFFFFFF}) {
      assertThrows(IllegalArgumentException.class, () -> edit.set(WriteOrder.FREES, 2, value));
    }
  }
}
