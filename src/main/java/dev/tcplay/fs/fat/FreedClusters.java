package dev.tcplay.fs.fat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Clusters that nothing leads to any more and that the table still has. They are freed together and
 * seldom: the table's pages are those in which new chains are written, and a page that is wanted in
 * two groups costs a flush. After a crash they are lost clusters. Safe for any number of threads.
 */
final class FreedClusters {

  private static final int MOST_AT_ONCE = 1 << 16;

  private final VolumeWriter writer;
  private List<Extents.Run> waiting = new ArrayList<>();

  FreedClusters(VolumeWriter writer) {
    this.writer = writer;
  }

  /** Adds clusters whose last link is in a change that was handed over. */
  synchronized void add(List<Extents.Run> runs) {
    waiting.addAll(runs);
  }

  private synchronized List<Extents.Run> takeAll() {
    List<Extents.Run> all = waiting;
    waiting = new ArrayList<>();
    return all;
  }

  /** Frees in the table what was added before. */
  void submit() throws IOException {
    List<Extents.Run> runs = takeAll();
    int done = 0;
    try {
      while (done < runs.size()) {
        int end = end(runs, done);
        free(List.copyOf(runs.subList(done, end)));
        done = end;
      }
    } finally {
      add(runs.subList(done, runs.size()));
    }
  }

  /** Returns how far a batch goes that begins with a run. */
  private static int end(List<Extents.Run> runs, int first) {
    int end = first;
    for (long clusters = 0; end < runs.size() && clusters < MOST_AT_ONCE; end++) {
      clusters += runs.get(end).length();
    }
    return end;
  }

  private void free(List<Extents.Run> runs) throws IOException {
    Allocator allocator = writer.allocator();
    try (Change change = writer.begin()) {
      // What cut them off may stand in the same group.
      change.afterEarlierOnes();
      change.table().free(WriteOrder.FREES, runs);
      change.whenCommitted(() -> allocator.reclaim(runs));
      change.submit();
    }
  }
}
