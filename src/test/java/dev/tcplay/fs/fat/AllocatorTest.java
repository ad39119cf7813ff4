package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules G1 to G3 and B10, and what I0 says of entries in two sectors. */
class AllocatorTest {

  private static Geometry geometry(FatType type, int clusters) {
    return new Geometry(
        type, 512, 512, 512, 512L * (clusters / 100 + 1), 0, 0, 2, 1 << 20, clusters, 1L << 30);
  }

  /** An allocator over clusters that are all free. */
  private static Allocator empty(FatType type, int clusters, int hint) throws IOException {
    Geometry geometry = geometry(type, clusters);
    return Allocator.read(new FatTable(new MemoryDevice(1 << 20), geometry), geometry, hint);
  }

  private static List<Extents.Run> runs(int... clustersAndLengths) {
    List<Extents.Run> runs = new ArrayList<>();
    for (int i = 0; i < clustersAndLengths.length; i += 2) {
      runs.add(new Extents.Run(clustersAndLengths[i], clustersAndLengths[i + 1]));
    }
    return runs;
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void theTableSaysWhatIsFree(FatType type) throws IOException {
    FatImage image = new FatImage(type);
    image.chain(3, 4, 7);
    image.fat(5, type.bad());
    image.fat(9, 1);
    Geometry geometry = BootRegion.find(image.device).geometry();
    FatTable table = new FatTable(image.device, geometry);
    Allocator allocator = Allocator.read(table, geometry, 0);
    int straddling = 0;
    for (int cluster = 2; cluster < geometry.clusters() + 2; cluster++) {
      long bit = (long) cluster * type.bits();
      boolean inTwo = bit / 8 / 512 != (bit + type.bits() - 1) / 8 / 512;
      straddling += inTwo ? 1 : 0;
    }
    assertEquals(type == FatType.FAT12, straddling > 0);
    assertEquals(table.countFree() - straddling, allocator.free());
    BitSet given = new BitSet();
    for (Extents.Run run : allocator.allocate(allocator.free(), 0)) {
      given.set(run.cluster(), run.cluster() + run.length());
    }
    for (int used : new int[] {3, 4, 5, 7, 9}) {
      assertFalse(given.get(used), () -> "cluster " + used);
    }
    assertFalse(type == FatType.FAT12 && given.get(341), "entry 341 lies at bytes 511 and 512");
    assertEquals(0, allocator.free());
    assertThrows(FileSystemException.class, () -> allocator.allocate(1, 0));
  }

  @Test
  void aFileGrowsBehindItsLastCluster() throws IOException {
    Allocator allocator = empty(FatType.FAT32, 100_000, 0);
    int last = 0;
    for (int i = 0; i < 1000; i++) {
      List<Extents.Run> taken = allocator.allocate(100, last);
      assertEquals(runs(2 + 100 * i, 100), taken);
      last = taken.get(0).cluster() + 99;
    }
    assertEquals(0, allocator.free());
  }

  @Test
  void theHintComesNextAndTheSearchGoesAroundOnce() throws IOException {
    Allocator allocator = empty(FatType.FAT16, 5000, 4990);
    assertEquals(runs(4990, 5), allocator.allocate(5, 0));
    assertEquals(4995, allocator.hint());
    assertEquals(runs(2, 100), allocator.allocate(100, 0));
    assertEquals(runs(102, 4888, 4995, 7), allocator.allocate(4895, 0));
  }

  @Test
  void aRunThatIsLongEnoughIsPreferred() throws IOException {
    Allocator allocator = empty(FatType.FAT16, 5000, 0);
    allocator.allocate(5000, 0);
    allocator.giveBack(runs(10, 3, 20, 8, 40, 3, 50, 20));
    assertEquals(runs(20, 8), allocator.allocate(8, 0));
    assertEquals(runs(50, 12), allocator.allocate(12, 0));
    // Behind the last cluster first, even if that splits the rest.
    assertEquals(runs(40, 3, 62, 8), allocator.allocate(11, 39));
    assertEquals(runs(10, 3), allocator.allocate(3, 0));
    assertEquals(0, allocator.free());
  }

  @Test
  void theLastClusterOfTheVolumeHasNoneBehindIt() throws IOException {
    Allocator allocator = empty(FatType.FAT16, 5000, 0);
    assertEquals(runs(2, 1), allocator.allocate(1, 5001));
  }

  @Test
  void withoutEnoughSpaceNothingIsTaken() throws IOException {
    Allocator allocator = empty(FatType.FAT16, 5000, 0);
    assertEquals(runs(2, 4000), allocator.allocate(4000, 0));
    FileSystemException full =
        assertThrows(FileSystemException.class, () -> allocator.allocate(1001, 4001));
    assertEquals("No space left on the volume", full.getReason());
    assertEquals(1000, allocator.free());
    assertEquals(runs(4002, 1000), allocator.allocate(1000, 4001));
  }

  @Test
  void freedClustersWaitUntilTheyAreCommitted() throws IOException {
    Allocator allocator = empty(FatType.FAT16, 5000, 0);
    List<Extents.Run> all = allocator.allocate(5000, 0);
    allocator.retire(runs(100, 50));
    assertEquals(0, allocator.free());
    assertEquals(50, allocator.freeOnceCommitted());
    assertThrows(FileSystemException.class, () -> allocator.allocate(1, 0));
    allocator.retire(runs(120, 100));
    assertEquals(120, allocator.freeOnceCommitted());
    allocator.reclaim(runs(100, 50));
    assertEquals(50, allocator.free());
    assertEquals(runs(100, 50), allocator.allocate(50, 0));
    // Clusters 120 to 149 belong to somebody else by now.
    allocator.reclaim(runs(120, 100));
    assertEquals(runs(150, 70), allocator.allocate(70, 0));
    allocator.giveBack(all);
    allocator.giveBack(all);
    assertEquals(5000, allocator.free());
  }

  @Test
  void countsStayExactThroughAnything() throws IOException {
    Random random = new Random(Seeds.of("countsStayExactThroughAnything"));
    Allocator allocator = empty(FatType.FAT12, 4000, 0);
    int usable = allocator.free();
    assertTrue(usable < 4000);
    BitSet taken = new BitSet();
    List<List<Extents.Run>> held = new ArrayList<>();
    List<List<Extents.Run>> retired = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      int choice = random.nextInt(4);
      if (choice == 0) {
        int count = 1 + random.nextInt(50);
        if (count > allocator.free()) {
          assertThrows(FileSystemException.class, () -> allocator.allocate(count, 0));
          continue;
        }
        List<Extents.Run> runs = allocator.allocate(count, random.nextInt(2) * 77);
        assertEquals(count, runs.stream().mapToInt(Extents.Run::length).sum());
        for (Extents.Run run : runs) {
          int clear = taken.nextSetBit(run.cluster());
          assertTrue(clear < 0 || clear >= run.cluster() + run.length());
          taken.set(run.cluster(), run.cluster() + run.length());
        }
        held.add(runs);
      } else if (choice < 3 && !held.isEmpty()) {
        List<Extents.Run> runs = held.remove(random.nextInt(held.size()));
        if (choice == 1) {
          allocator.giveBack(runs);
          runs.forEach(run -> taken.clear(run.cluster(), run.cluster() + run.length()));
        } else {
          allocator.retire(runs);
          retired.add(runs);
        }
      } else if (!retired.isEmpty()) {
        List<Extents.Run> runs = retired.remove(random.nextInt(retired.size()));
        allocator.reclaim(runs);
        runs.forEach(run -> taken.clear(run.cluster(), run.cluster() + run.length()));
      }
      assertEquals(usable - taken.cardinality(), allocator.free());
    }
  }
}
