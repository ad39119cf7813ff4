package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.Node;
import dev.tcplay.fs.OpenNode;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Contents of files: where they lie, and what of them was written. */
class ContentsTest {

  private static final int CLUSTER = 4096;

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** Makes what was written of a file end sooner than the file, as Windows leaves it. */
  private static void shorten(WritableVolume volume, String path, int validLength)
      throws IOException {
    EntrySet set = volume.set(path);
    long position = ((ExFatNode) volume.find(path)).entry().position();
    volume.volume().close();
    Allocation old = set.allocation();
    byte[] bytes =
        set.allocation(
                new Allocation(old.firstCluster(), validLength, old.length(), old.isContiguous()))
            .bytes();
    volume.disk().write(position, bytes, 0, bytes.length);
    volume.remount();
  }

  @Test
  void bytesBehindTheValidLengthReadAsZerosAndAreZerosOnceWrittenBehind() throws Exception {
    WritableVolume volume = WritableVolume.of(2 << 20, 3);
    volume.file("/file", filled(50_000, 7));
    shorten(volume, "/file", 10_000);
    byte[] expected = Arrays.copyOf(filled(10_000, 7), 50_000);
    assertArrayEquals(expected, volume.read("/file"));
    try (OpenNode open = volume.volume().open(volume.find("/file"))) {
      open.write(30_000, filled(100, 9), 0, 100);
    }
    Arrays.fill(expected, 30_000, 30_100, (byte) 9);
    assertArrayEquals(expected, volume.read("/file"));
    assertEquals(30_100, volume.set("/file").allocation().validLength());
    volume.remount();
    assertArrayEquals(expected, volume.read("/file"));
    volume.closeAndCheck();
  }

  @Test
  void fileThatIsCutInsideOfItsZerosHasNoMoreOfThem() throws Exception {
    WritableVolume volume = WritableVolume.of(2 << 20, 3);
    volume.file("/file", filled(50_000, 7));
    shorten(volume, "/file", 10_000);
    try (OpenNode open = volume.volume().open(volume.find("/file"))) {
      open.truncate(20_000);
      open.append(filled(5, 8), 0, 5);
    }
    byte[] expected = Arrays.copyOf(filled(10_000, 7), 20_005);
    Arrays.fill(expected, 20_000, 20_005, (byte) 8);
    assertArrayEquals(expected, volume.read("/file"));
    volume.closeAndCheck();
  }

  @Test
  void fileThatGrowsInOnePieceNeedsNoChainAndOneThatDoesNotGetsOne() throws Exception {
    WritableVolume volume = WritableVolume.of(2 << 20, 3);
    Node one = volume.file("/one", filled(CLUSTER, 1));
    try (OpenNode open = volume.volume().open(one)) {
      for (int i = 0; i < 10; i++) {
        open.append(filled(CLUSTER, 1), 0, CLUSTER);
        open.force();
        assertTrue(volume.set("/one").allocation().isContiguous());
      }
      volume.file("/two", filled(CLUSTER, 2));
      open.append(filled(CLUSTER, 1), 0, CLUSTER);
      open.force();
      assertFalse(volume.set("/one").allocation().isContiguous());
      assertTrue(volume.set("/two").allocation().isContiguous());
      volume.volume().delete(volume.find("/two"));
      volume.volume().force();
      open.append(filled(CLUSTER, 1), 0, CLUSTER);
      open.truncate(5 * CLUSTER);
      open.force();
      assertFalse(volume.set("/one").allocation().isContiguous());
    }
    assertArrayEquals(filled(5 * CLUSTER, 1), volume.read("/one"));
    volume.remount();
    assertArrayEquals(filled(5 * CLUSTER, 1), volume.read("/one"));
    volume.closeAndCheck();
  }

  @Test
  void deletedFileIsWrittenOnAndItsClustersComeBack() throws Exception {
    WritableVolume volume = WritableVolume.of(2 << 20, 3);
    long free = volume.volume().space().freeBytes();
    Node file = volume.file("/file", filled(9 * CLUSTER, 1));
    try (OpenNode open = volume.volume().open(file)) {
      volume.volume().delete(file);
      volume.file("/file", filled(CLUSTER, 3));
      open.append(filled(9 * CLUSTER, 2), 0, 9 * CLUSTER);
      byte[] read = new byte[CLUSTER];
      assertEquals(CLUSTER, open.read(8L * CLUSTER, read, 0, CLUSTER));
      assertArrayEquals(filled(CLUSTER, 1), read);
      volume.volume().force();
      assertEquals(CLUSTER, open.read(17L * CLUSTER, read, 0, CLUSTER));
      assertArrayEquals(filled(CLUSTER, 2), read);
    }
    volume.volume().force();
    assertEquals(free - CLUSTER, volume.volume().space().freeBytes());
    volume.closeAndCheck();
  }

  @Test
  void fullVolumeTakesWhatFitsAndGivesBackWhatDoesNot() throws Exception {
    WritableVolume volume = WritableVolume.of(1 << 20, 3);
    Node file = volume.file("/file");
    try (OpenNode open = volume.volume().open(file)) {
      long free = volume.volume().space().freeBytes();
      byte[] bytes = filled((int) free + 1, 1);
      assertThrows(FileSystemException.class, () -> open.write(0, bytes, 0, bytes.length));
      assertEquals(free, volume.volume().space().freeBytes());
      open.write(0, bytes, 0, (int) free);
      assertEquals(0, volume.volume().space().freeBytes());
      assertThrows(FileSystemException.class, () -> volume.directory("/dir"));
      open.truncate(1);
      volume.directory("/dir");
    }
    volume.closeAndCheck();
  }

  @Test
  void writeThatNoVolumeOfTheSizeCouldHoldIsRefusedBeforeAnyByte() throws Exception {
    WritableVolume volume = WritableVolume.of(1 << 20, 3);
    Node file = volume.file("/file", filled(10, 1));
    try (OpenNode open = volume.volume().open(file)) {
      FileSystemException e =
          assertThrows(
              FileSystemException.class, () -> open.write(Long.MAX_VALUE - 1, new byte[9], 0, 9));
      assertTrue(e.getReason().contains("too large"), e.getReason());
      assertEquals(10, open.size());
    }
    volume.closeAndCheck();
  }
}
