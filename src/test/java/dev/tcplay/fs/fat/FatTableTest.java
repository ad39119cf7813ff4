package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tcplay.fs.cluster.ClusterLinks;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.FreeSpaceMap;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.BitSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the table says: the rules G1 and B10, and what I0 says of entries in two sectors. */
class FatTableTest {

  @ParameterizedTest
  @EnumSource(FatType.class)
  void theTableSaysWhatIsFree(FatType type) throws IOException {
    FatImage image = new FatImage(type);
    image.chain(3, 4, 7);
    image.fat(5, type.bad());
    image.fat(9, 1);
    Geometry geometry = BootRegion.find(image.device).geometry();
    FatTable table = new FatTable(image.device, geometry);
    FreeSpaceMap space = table.freeSpace(0);
    int straddling = 0;
    for (int cluster = 2; cluster < geometry.clusters() + 2; cluster++) {
      long bit = (long) cluster * type.bits();
      boolean inTwo = bit / 8 / 512 != (bit + type.bits() - 1) / 8 / 512;
      straddling += inTwo ? 1 : 0;
    }
    assertEquals(type == FatType.FAT12, straddling > 0);
    assertEquals(table.countFree() - straddling, space.free());
    BitSet given = new BitSet();
    for (Extent extent : space.allocate(space.free(), 0)) {
      given.set((int) extent.cluster(), (int) extent.end());
    }
    for (int used : new int[] {3, 4, 5, 7, 9}) {
      assertFalse(given.get(used), () -> "cluster " + used);
    }
    assertFalse(type == FatType.FAT12 && given.get(341), "entry 341 lies at bytes 511 and 512");
    assertEquals(0, space.free());
    assertThrows(FileSystemException.class, () -> space.allocate(1, 0));
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void entriesAreLinks(FatType type) throws IOException {
    FatImage image = new FatImage(type);
    image.chain(3, 4, 7);
    image.fat(5, type.bad());
    image.fat(9, 1);
    FatTable table = new FatTable(image.device, BootRegion.find(image.device).geometry());
    FatTable.Cursor cursor = table.cursor();
    assertFalse(cursor.holds(3));
    assertEquals(4, cursor.next(3));
    assertEquals(7, cursor.next(4));
    assertEquals(ClusterLinks.END, cursor.next(7));
    assertEquals(ClusterLinks.BAD, cursor.next(5));
    assertEquals(ClusterLinks.FREE, cursor.next(6));
    assertEquals(1, cursor.next(9));
    assertFalse(cursor.holds(ClusterLinks.END));
    assertFalse(table.isCluster(1));
    assertFalse(table.isCluster(0xFFFF_FFFFL));
  }
}
