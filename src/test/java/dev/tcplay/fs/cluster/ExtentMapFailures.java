package dev.tcplay.fs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Allocations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Extents whose allocations fail, one after another, and whose calls are then made again; for
 * {@link ExtentMapTest}, which loads this class by a loader of its own.
 */
final class ExtentMapFailures implements Runnable {

  private static final long FAR = 1L << 31;

  /** So far apart that each cluster is in a page of its own. */
  private static final long[] CHAIN = {
    5, FAR, 100_000, FAR + 100_000, 200_000, FAR + 200_000, 300_000
  };

  private static final List<Extent> MORE =
      List.of(new Extent(7, 1), new Extent(90, 2), new Extent(80, 1), new Extent(70, 3));

  /** A call of the map. */
  private interface Call {
    void on(ExtentMap map) throws IOException;
  }

  private static final List<Call> CALLS =
      List.of(
          map -> map.find(0, 1),
          map -> map.find(3, 1),
          ExtentMap::length,
          map -> map.find(5, 2),
          map -> map.append(MORE),
          map -> map.find(CHAIN.length, 9),
          map -> map.from(1),
          map -> map.cut(CHAIN.length + 2),
          map -> map.find(CHAIN.length + 1, 1));

  ExtentMapFailures() {}

  @Override
  public void run() {
    try {
      int failures = 0;
      // The first pass without a failure is the last one.
      for (int after = 0; failures == after; after++) {
        failures += runs(after) ? 1 : 0;
      }
      assertTrue(failures > 10, "only " + failures + " allocations");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes all calls, with one failure after some allocations; returns whether there was one. */
  private static boolean runs(int after) throws IOException {
    Links links = new Links().chain(CHAIN);
    Allocations.arm(after, 1, false);
    ExtentMap map = null;
    boolean failed = false;
    for (int i = 0; i < CALLS.size(); ) {
      try {
        map = map == null ? new ExtentMap(links, CHAIN[0], () -> "/x") : map;
        CALLS.get(i).on(map);
        i++;
      } catch (OutOfMemoryError e) {
        failed = true;
      }
    }
    Allocations.disarm();
    List<Extent> expected = new ArrayList<>();
    for (long cluster : CHAIN) {
      expected.add(new Extent(cluster, 1));
    }
    expected.add(new Extent(7, 1));
    expected.add(new Extent(90, 1));
    assertEquals(expected, map.from(0), "after " + after);
    assertEquals(CHAIN.length + 2, map.length());
    assertEquals(90, map.last());
    return failed;
  }
}
