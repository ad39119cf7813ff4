package dev.tcplay.fs.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Clusters that nothing leads to any more and that are still in use by what is on disk. They are
 * freed together and seldom: the pages that say so are those in which new chains are written, and a
 * page that is wanted in two groups costs a flush. After a crash they are lost clusters. Safe for
 * any number of threads.
 */
public final class PendingFrees {

  /** Frees clusters on disk, and {@linkplain FreeSpaceMap#reclaim reclaims} them afterwards. */
  public interface Target {

    /** Hands a batch over by which the clusters are free. */
    void free(List<Extent> extents) throws IOException;
  }

  private static final int MOST_AT_ONCE = 1 << 16;

  private List<Extent> waiting = new ArrayList<>();

  /** Starts with none. */
  public PendingFrees() {}

  /** Adds clusters whose last link is in a change that was handed over. */
  public synchronized void add(List<Extent> extents) {
    waiting.addAll(extents);
  }

  private synchronized List<Extent> takeAll() {
    List<Extent> all = waiting;
    waiting = new ArrayList<>();
    return all;
  }

  /** Frees what was added before, in batches of a bounded size; what fails is kept for later. */
  public void submit(Target target) throws IOException {
    List<Extent> extents = takeAll();
    int done = 0;
    try {
      while (done < extents.size()) {
        int end = end(extents, done);
        target.free(List.copyOf(extents.subList(done, end)));
        done = end;
      }
    } finally {
      add(extents.subList(done, extents.size()));
    }
  }

  /** Returns how far a batch goes that begins with an extent. */
  private static int end(List<Extent> extents, int first) {
    int end = first;
    for (long clusters = 0; end < extents.size() && clusters < MOST_AT_ONCE; end++) {
      clusters += extents.get(end).length();
    }
    return end;
  }
}
