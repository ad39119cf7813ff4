package dev.tcplay.fs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Seeds;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The rules G1 to G3 and B10, and what I0 says of clusters that cannot be used. */
class FreeSpaceMapTest {

  /** As many clusters as a format can have, in an exFAT volume. */
  private static final long MOST = (1L << 32) - 11;

  /** A map of clusters that are all free. */
  private static FreeSpaceMap empty(long clusters, long hint, long... unusable) {
    ClusterBitmap free = new ClusterBitmap(clusters + 2);
    free.set(2, clusters + 2);
    return new FreeSpaceMap(free, hint, unusable);
  }

  private static List<Extent> extents(long... clustersAndLengths) {
    List<Extent> extents = new ArrayList<>();
    for (int i = 0; i < clustersAndLengths.length; i += 2) {
      extents.add(new Extent(clustersAndLengths[i], clustersAndLengths[i + 1]));
    }
    return extents;
  }

  @Test
  void aFileGrowsBehindItsLastCluster() throws NoSpaceException {
    FreeSpaceMap space = empty(100_000, 0);
    long last = 0;
    for (int i = 0; i < 1000; i++) {
      List<Extent> taken = space.allocate(100, last);
      assertEquals(extents(2 + 100 * i, 100), taken);
      last = taken.get(0).cluster() + 99;
    }
    assertEquals(0, space.free());
  }

  @Test
  void theHintComesNextAndTheSearchGoesAroundOnce() throws NoSpaceException {
    FreeSpaceMap space = empty(5000, 4990);
    assertEquals(extents(4990, 5), space.allocate(5, 0));
    assertEquals(4995, space.hint());
    assertEquals(extents(2, 100), space.allocate(100, 0));
    assertEquals(extents(102, 4888, 4995, 7), space.allocate(4895, 0));
  }

  @Test
  void aRunThatIsLongEnoughIsPreferred() throws NoSpaceException {
    FreeSpaceMap space = empty(5000, 0);
    space.allocate(5000, 0);
    space.giveBack(extents(10, 3, 20, 8, 40, 3, 50, 20));
    assertEquals(extents(20, 8), space.allocate(8, 0));
    assertEquals(extents(50, 12), space.allocate(12, 0));
    // Behind the last cluster first, even if that splits the rest.
    assertEquals(extents(40, 3, 62, 8), space.allocate(11, 39));
    assertEquals(extents(10, 3), space.allocate(3, 0));
    assertEquals(0, space.free());
  }

  @Test
  void theLastClusterOfTheVolumeHasNoneBehindIt() throws NoSpaceException {
    FreeSpaceMap space = empty(5000, 0);
    assertEquals(extents(2, 1), space.allocate(1, 5001));
  }

  @Test
  void withoutEnoughSpaceNothingIsTaken() throws NoSpaceException {
    FreeSpaceMap space = empty(5000, 0);
    assertEquals(extents(2, 4000), space.allocate(4000, 0));
    FileSystemException full =
        assertThrows(FileSystemException.class, () -> space.allocate(1001, 4001));
    assertEquals("No space left on the volume", full.getReason());
    assertEquals(1000, space.free());
    assertEquals(extents(4002, 1000), space.allocate(1000, 4001));
  }

  @Test
  void freedClustersWaitUntilTheyAreCommitted() throws NoSpaceException {
    FreeSpaceMap space = empty(5000, 0);
    List<Extent> all = space.allocate(5000, 0);
    space.retire(extents(100, 50));
    assertEquals(0, space.free());
    assertEquals(50, space.freeOnceCommitted());
    assertThrows(FileSystemException.class, () -> space.allocate(1, 0));
    space.retire(extents(120, 100));
    assertEquals(120, space.freeOnceCommitted());
    space.reclaim(extents(100, 50));
    assertEquals(50, space.free());
    assertEquals(extents(100, 50), space.allocate(50, 0));
    // Clusters 120 to 149 belong to somebody else by now.
    space.reclaim(extents(120, 100));
    assertEquals(extents(150, 70), space.allocate(70, 0));
    space.giveBack(all);
    space.giveBack(all);
    assertEquals(5000, space.free());
  }

  @Test
  void countsStayExactThroughAnything() throws NoSpaceException {
    Random random = new Random(Seeds.of("countsStayExactThroughAnything"));
    FreeSpaceMap space = empty(4000, 0, 341, 1365, 2730);
    long usable = space.free();
    assertEquals(3997, usable);
    BitSet taken = new BitSet();
    List<List<Extent>> held = new ArrayList<>();
    List<List<Extent>> retired = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      int choice = random.nextInt(4);
      if (choice == 0) {
        int count = 1 + random.nextInt(50);
        if (count > space.free()) {
          assertThrows(FileSystemException.class, () -> space.allocate(count, 0));
          continue;
        }
        List<Extent> extents = space.allocate(count, random.nextInt(2) * 77L);
        assertEquals(count, extents.stream().mapToLong(Extent::length).sum());
        for (Extent extent : extents) {
          int next = taken.nextSetBit((int) extent.cluster());
          assertTrue(next < 0 || next >= extent.end());
          taken.set((int) extent.cluster(), (int) extent.end());
        }
        held.add(extents);
      } else if (choice < 3 && !held.isEmpty()) {
        List<Extent> extents = held.remove(random.nextInt(held.size()));
        if (choice == 1) {
          space.giveBack(extents);
          extents.forEach(extent -> taken.clear((int) extent.cluster(), (int) extent.end()));
        } else {
          space.retire(extents);
          retired.add(extents);
        }
      } else if (!retired.isEmpty()) {
        List<Extent> extents = retired.remove(random.nextInt(retired.size()));
        space.reclaim(extents);
        extents.forEach(extent -> taken.clear((int) extent.cluster(), (int) extent.end()));
      }
      assertEquals(usable - taken.cardinality(), space.free());
    }
  }

  @Test
  void numbersBeyondAllIntsAreGivenOutAndComeBack() throws NoSpaceException {
    FreeSpaceMap space = empty(MOST, 1L << 31);
    assertEquals(MOST, space.free());
    assertEquals(extents((1L << 31) - 1, 1), empty(MOST, (1L << 31) - 1).allocate(1, 0));
    assertEquals(extents(1L << 31, 1), space.allocate(1, 0));
    assertEquals((1L << 31) + 1, space.hint());
    long end = MOST + 2;
    assertEquals(extents(end - 5, 5, 2, 5), space.allocate(10, end - 6));
    space.retire(extents(end - 5, 3));
    assertEquals(MOST - 8, space.freeOnceCommitted());
    assertEquals(MOST - 11, space.free());
    space.reclaim(extents(end - 5, 3));
    assertEquals(MOST - 8, space.free());
    // The largest extent that is left lies before the middle.
    assertEquals(extents(7, (1L << 31) - 7), space.allocate((1L << 31) - 7, 0));
    long rest = space.free();
    List<Extent> all = space.allocate(rest, 0);
    assertEquals(extents((1L << 31) + 1, end - 3 - (1L << 31)), all);
    assertThrows(NoSpaceException.class, () -> space.allocate(1, 0));
    space.giveBack(all);
    assertEquals(rest, space.free());
  }
}
