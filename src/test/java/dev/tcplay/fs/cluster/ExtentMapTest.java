package dev.tcplay.fs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.testing.Allocations;
import dev.tcplay.testing.InstrumentedClasses;
import dev.tcplay.testing.OwnThread;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ResourceLock(Allocations.LOCK)
class ExtentMapTest {

  private static final long MIDDLE = 1L << 31;

  private static ExtentMap map(Links links, long first) {
    return new ExtentMap(links, first, () -> "/x");
  }

  @Test
  void aChainIsFoundBeyondAllInts() throws IOException {
    long last = Links.MOST + 1;
    ExtentMap map = map(new Links().put(MIDDLE + 1, last - 1).put(last, 7).chain(7, 9), MIDDLE - 2);
    assertEquals(new Extent(MIDDLE - 2, 4), map.find(0, 100));
    assertEquals(new Extent(MIDDLE, 2), map.find(2, 100));
    assertEquals(new Extent(last, 1), map.find(5, 100));
    assertNull(map.find(8, 1));
    assertEquals(8, map.length());
    assertEquals(9, map.last());
    assertEquals(
        List.of(
            new Extent(MIDDLE + 1, 1), new Extent(last - 1, 2), new Extent(7, 1), new Extent(9, 1)),
        map.from(3));
  }

  @Test
  void aFileMayHaveAllClusters() throws IOException {
    Links links = new Links();
    ExtentMap map = ExtentMap.of(links, List.of(new Extent(2, Links.MOST - 5)), () -> "/x");
    map.append(List.of(new Extent(Links.MOST - 3, 3), new Extent(Links.MOST, 2)));
    assertEquals(Links.MOST, map.length());
    assertEquals(Links.MOST + 1, map.last());
    assertEquals(new Extent(MIDDLE + 2, MIDDLE - 11), map.find(MIDDLE, MIDDLE));
    assertEquals(new Extent(Links.MOST - 3, 5), map.find(Links.MOST - 5, 1L << 40));
    assertNull(map.find(Links.MOST, 1));
    map.cut(MIDDLE + 1);
    assertEquals(MIDDLE + 2, map.last());
    assertEquals(new Extent(MIDDLE + 2, 1), map.find(MIDDLE, 10));
    assertEquals(0, links.asked());
  }

  @ParameterizedTest
  @CsvSource({
    "-2,is marked free",
    "-3,leads to a bad cluster",
    "1,leads to the number 1",
    "4294967287,leads to the number 4294967287",
    "2147483649,leads back to 2147483649"
  })
  void damageEndsAChain(long next, String reason) throws IOException {
    ExtentMap map = map(new Links().put(MIDDLE + 2, next), MIDDLE + 1);
    long sound = next == ClusterLinks.FREE ? 1 : 2;
    assertEquals(new Extent(MIDDLE + 1, sound), map.find(0, 10));
    for (int time = 0; time < 2; time++) {
      CorruptFileSystemException e =
          assertThrows(CorruptFileSystemException.class, () -> map.find(sound, 1));
      assertTrue(e.getReason().contains(reason), e.getReason());
      assertThrows(CorruptFileSystemException.class, map::length);
    }
    map.cut(1);
    assertEquals(1, map.length());
  }

  @Test
  void whoLooksUpAWholeChainTakesNoLock() throws Exception {
    ExtentMap map = map(new Links().chain(5, 9, 7), 5);
    assertEquals(3, map.length());
    assertEquals(new Extent(5, 1), map.find(0, 1));
    synchronized (map) {
      assertEquals(new Extent(7, 1), elsewhere(map, 2).get(60, TimeUnit.SECONDS));
    }
    map.append(List.of(new Extent(20, 2)));
    CompletableFuture<Extent> later;
    synchronized (map) {
      // What was known before is no longer the whole chain.
      later = elsewhere(map, 4);
      assertThrows(TimeoutException.class, () -> later.get(100, TimeUnit.MILLISECONDS));
    }
    assertEquals(new Extent(21, 1), later.get(60, TimeUnit.SECONDS));
    map.cut(1);
    assertNull(map.find(1, 1));
  }

  private static CompletableFuture<Extent> elsewhere(ExtentMap map, long place) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return map.find(place, 10);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        OwnThread::run);
  }

  /** Many short extents, changed at random, with and without what must be forgotten. */
  @ParameterizedTest
  @CsvSource({"300,2000", "70000,1000"})
  void itIsTheChainThroughAnyChange(int extents, int changes) throws IOException {
    Random random = new Random(Seeds.of("itIsTheChainThroughAnyChange " + extents));
    List<Long> order = new ArrayList<>();
    for (long i = 0; i < 2L * extents; i++) {
      order.add(MIDDLE - extents + 3 * i);
    }
    Collections.shuffle(order, random);
    List<Long> chain = new ArrayList<>(order.subList(0, extents));
    List<Long> unused = new ArrayList<>(order.subList(extents, order.size()));
    Links links = new Links().chain(chain.stream().mapToLong(Long::longValue).toArray());
    ExtentMap map = map(links, chain.get(0));
    assertEquals(extents, map.length());
    for (int i = 0; i < changes; i++) {
      if (random.nextInt(3) == 0) {
        int kept = Math.max(1, chain.size() - random.nextInt(20));
        List<Long> cut = chain.subList(kept, chain.size());
        unused.addAll(0, cut);
        cut.clear();
        map.cut(chain.size());
      } else if (random.nextBoolean()) {
        for (int j = random.nextInt(20); j > 0 && !unused.isEmpty(); j--) {
          long next = unused.remove(unused.size() - 1);
          map.append(List.of(new Extent(next, 1)));
          links.put(chain.get(chain.size() - 1), next).put(next, ClusterLinks.END);
          chain.add(next);
        }
      }
      if (random.nextInt(10) == 0) {
        map.trim();
      }
      int place = random.nextInt(chain.size());
      assertEquals((long) chain.get(place), map.find(place, 1).cluster());
      assertEquals(chain.size(), map.length());
      assertEquals((long) chain.get(chain.size() - 1), map.last());
      assertNull(map.find(chain.size(), 1));
    }
  }

  @Test
  void noAllocationThatFailsSpoilsAMap() throws ReflectiveOperationException {
    Constructor<?> runs =
        new InstrumentedClasses()
            .loadClass(ExtentMapFailures.class.getName())
            .getDeclaredConstructor();
    runs.setAccessible(true);
    ((Runnable) runs.newInstance()).run();
  }
}
