package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.fs.cluster.ExtentMap;
import dev.tcplay.testing.Seeds;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contents, sizes and clusters of files: sections F and G of the rules. */
class FileWritingTest {

  @Test
  void aFileHasNoMoreThanFourGigabytesLessOne() throws Exception {
    try (WritableVolume disk = WritableVolume.of("FAT32")) {
      long free = disk.volume().space().freeBytes();
      Node file = disk.file("/file", (byte) 1);
      try (OpenNode open = disk.volume().open(file)) {
        assertEquals(4_294_967_295L, open.largestSize());
        FileSystemException tooLarge =
            assertThrows(
                FileSystemException.class, () -> open.write(4_294_967_290L, new byte[6], 0, 6));
        assertTrue(tooLarge.getReason().contains("4294967295"), tooLarge.getReason());
        assertEquals(1, open.size());
        assertTrue(disk.volume().space().freeBytes() < free);
      }
      disk.volume().delete(file);
      assertEquals(free, disk.volume().space().freeBytes());
      disk.closeAndCheck();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void anEmptyFileHasNoCluster(String type) throws Exception {
    try (WritableVolume disk = WritableVolume.of(type)) {
      long free = disk.volume().space().freeBytes();
      Node file = disk.file("/file", new byte[5000]);
      assertTrue(disk.volume().space().freeBytes() < free);
      try (OpenNode open = disk.volume().open(file)) {
        open.truncate(0);
      }
      assertEquals(free, disk.volume().space().freeBytes());
      assertArrayEquals(new byte[0], disk.read("/file"));
      disk.closeAndCheck();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void whatIsWrittenInOneGoLiesInOnePiece(String type) throws Exception {
    try (WritableVolume disk = WritableVolume.of(type)) {
      byte[] piece = new byte[10_000];
      Node file = disk.file("/file");
      try (OpenNode open = disk.volume().open(file)) {
        for (int i = 0; i < 30; i++) {
          open.append(piece, 0, piece.length);
        }
      }
      Geometry geometry = Geometry.of(BootSector.read(disk.disk(), 0));
      disk.volume().force();
      FatTable table = new FatTable(disk.disk(), geometry);
      FatNode node = (FatNode) disk.find("/file");
      ExtentMap extents = new ExtentMap(table, node.entry().firstCluster(), () -> "/file");
      int clusters = (300_000 + geometry.clusterSize() - 1) / geometry.clusterSize();
      assertEquals(clusters, extents.length());
      int pieces = extents.from(0).size();
      // The entries of FAT12 that lie in two sectors are left out.
      assertTrue(pieces == 1 || (type.equals("FAT12") && pieces <= 1 + clusters / 300), type);
      disk.closeAndCheck();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void aDeletedFileThatIsOpenKeepsItsContentsAndItsSpace(String type) throws Exception {
    try (WritableVolume disk = WritableVolume.of(type)) {
      long free = disk.volume().space().freeBytes();
      Node file = disk.file("/file", new byte[20_000]);
      OpenNode open = disk.volume().open(file);
      disk.volume().delete(file);
      Node second = disk.file("/file", (byte) 9);
      assertFalse(second.id() == file.id());
      open.write(15_000, new byte[] {4, 5, 6}, 0, 3);
      open.append(new byte[40_000], 0, 40_000);
      byte[] bytes = new byte[3];
      assertEquals(3, open.read(15_000, bytes, 0, 3));
      assertArrayEquals(new byte[] {4, 5, 6}, bytes);
      assertTrue(disk.volume().space().freeBytes() < free - 60_000);
      open.close();
      disk.volume().delete(second);
      assertEquals(free, disk.volume().space().freeBytes());
      disk.closeAndCheck();
    }
  }

  @Test
  void allHandlesSeeOneFile() throws Exception {
    try (WritableVolume disk = WritableVolume.of("FAT16")) {
      Node file = disk.file("/file", (byte) 1);
      try (OpenNode one = disk.volume().open(file);
          OpenNode two = disk.volume().open(disk.find("/FILE"))) {
        one.append(new byte[] {2}, 0, 1);
        assertEquals(2, two.size());
        assertEquals(1, two.append(new byte[] {3}, 0, 1) - 1);
        assertEquals(3, disk.volume().attributes(disk.find("/file")).size());
        two.truncate(1);
        assertEquals(1, one.size());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void aChainThatIsTooShortIsNotExtended(FatType type) throws Exception {
    FatImage image = new FatImage(type);
    image.add(FatImage.ROOT, "SHORT      ", FatImage.ARCHIVE, 10, 5000);
    image.chain(10, 11);
    image.add(FatImage.ROOT, "SOUND      ", FatImage.ARCHIVE, 20, 300);
    image.chain(20);
    try (WritableVolume disk = WritableVolume.on(image.device);
        OpenNode shortened = disk.volume().open(disk.find("/SHORT"));
        OpenNode sound = disk.volume().open(disk.find("/SOUND"))) {
      shortened.write(0, new byte[] {1}, 0, 1);
      assertThrows(CorruptFileSystemException.class, () -> shortened.append(new byte[600], 0, 600));
      assertThrows(
          CorruptFileSystemException.class, () -> shortened.write(2000, new byte[1], 0, 1));
      sound.append(new byte[3000], 0, 3000);
      shortened.truncate(1000);
      shortened.append(new byte[600], 0, 600);
      assertEquals(1600, shortened.size());
    }
  }

  /** Cluster 341 is the first whose entry lies in the first and the second sector of the table. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aFileOfOthersThatEndsInAnEntryOfTwoSectorsGrowsAndShrinks(int clusters) throws Exception {
    FatImage image = new FatImage(FatType.FAT12);
    assertTrue(FatType.FAT12.straddles(341));
    byte[] model = new byte[512 * clusters];
    new Random(1).nextBytes(model);
    int first = 342 - clusters;
    image.add(FatImage.ROOT, "OTHERS     ", FatImage.ARCHIVE, first, model.length);
    if (clusters == 1) {
      image.chain(341);
    } else {
      image.chain(340, 341);
    }
    image.device.write(image.position(first), model, 0, model.length);
    try (WritableVolume disk = WritableVolume.on(image.device)) {
      try (OpenNode open = disk.volume().open(disk.find("/OTHERS"))) {
        open.append(new byte[] {7}, 0, 1);
      }
      byte[] longer = Arrays.copyOf(model, model.length + 1);
      longer[model.length] = 7;
      assertArrayEquals(longer, disk.read("/OTHERS"));
      disk.remount();
      assertArrayEquals(longer, disk.read("/OTHERS"));
      disk.closeAndCheck();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void anyWritesAndCutsGiveWhatAnArrayGives(String type) throws Exception {
    long seed = Seeds.of("anyWritesAndCutsGiveWhatAnArrayGives " + type);
    Random random = new Random(seed);
    try (WritableVolume disk = WritableVolume.of(type)) {
      disk.file("/one");
      disk.file("/two");
      byte[][] models = {new byte[0], new byte[0]};
      String[] names = {"/one", "/two"};
      for (int round = 0; round < 40; round++) {
        int which = random.nextInt(2);
        byte[] model = models[which];
        try (OpenNode open = disk.volume().open(disk.find(names[which]))) {
          for (int i = 0; i < 5; i++) {
            if (random.nextInt(3) == 0) {
              int size = random.nextInt(model.length + 1);
              open.truncate(size);
              model = Arrays.copyOf(model, size);
            } else {
              byte[] bytes = new byte[1 + random.nextInt(9000)];
              random.nextBytes(bytes);
              int at = random.nextInt(model.length + 5000);
              open.write(at, bytes, 0, bytes.length);
              model = Arrays.copyOf(model, Math.max(model.length, at + bytes.length));
              System.arraycopy(bytes, 0, model, at, bytes.length);
            }
            if (random.nextInt(4) == 0) {
              open.force();
            }
          }
        }
        models[which] = model;
        if (random.nextInt(5) == 0) {
          disk.remount();
        }
        assertArrayEquals(model, disk.read(names[which]));
      }
      assertArrayEquals(models[0], disk.read("/one"));
      assertArrayEquals(models[1], disk.read("/two"));
      disk.closeAndCheck();
    }
  }
}
