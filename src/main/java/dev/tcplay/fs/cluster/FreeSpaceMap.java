package dev.tcplay.fs.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * Which clusters are free, and who gets the next ones. It knows nothing of the disk: who takes
 * clusters writes there that they are taken. Safe for any number of threads. Memory: at most a bit
 * for each cluster, and one more while freed ones wait; see {@link ClusterBitmap}.
 *
 * <p>A cluster is free, taken, or waiting: freed, but in a batch that is not yet committed. What
 * waits is not given out, since after a crash its old owner may still be there.
 */
public final class FreeSpaceMap {

  /** The number of the first cluster, in every format. */
  public static final int FIRST_CLUSTER = 2;

  private final ClusterBitmap free;
  private final ClusterBitmap waiting;
  private final long[] unusable;

  /** Where the next search begins. */
  private long hint;

  /** No extent of free clusters is longer. */
  private long longest = Long.MAX_VALUE;

  /**
   * Makes a map.
   *
   * @param free the free clusters, by number; the map has it for itself from now on
   * @param hint where to look first; no cluster's number to look from the start
   * @param unusable clusters that are never given out and never count as free, few of them
   */
  public FreeSpaceMap(ClusterBitmap free, long hint, long... unusable) {
    this.free = free;
    this.waiting = new ClusterBitmap(free.size());
    this.unusable = unusable.clone();
    this.hint = hint >= FIRST_CLUSTER && hint < end() ? hint : FIRST_CLUSTER;
    free.clear(0, Math.min(FIRST_CLUSTER, end()));
    clearUnusable(free);
  }

  /** Returns how many clusters can be taken now. */
  public synchronized long free() {
    return free.count();
  }

  /** Returns how many clusters can be taken once what was freed is committed. */
  public synchronized long freeOnceCommitted() {
    return free.count() + waiting.count();
  }

  /** Returns the cluster where the next search begins, for the hint on disk. */
  public synchronized long hint() {
    return hint;
  }

  /**
   * Takes clusters, in as few extents as it can: first those that follow the last cluster of the
   * file, then the next extent that is long enough, else the next ones that are free, once around.
   *
   * @param count how many, at least 1
   * @param last the last cluster of the file, 0 for a file without any
   * @return the extents in the order in which they are to be linked
   * @throws NoSpaceException if so many are not free; then none was taken
   */
  public synchronized List<Extent> allocate(long count, long last) throws NoSpaceException {
    if (count < 1) {
      throw new IllegalArgumentException("count " + count);
    }
    if (count > free.count()) {
      throw new NoSpaceException("No space left on the volume");
    }
    List<Extent> extents = new ArrayList<>();
    long rest = count;
    if (last != 0) {
      rest -= takeAt(last + 1, rest, extents);
    }
    if (rest > 0) {
      long start = find(rest);
      hint = start >= 0 ? start : hint;
    }
    while (rest > 0) {
      long start = free.nextSet(hint, end());
      hint = start < end() ? start : free.nextSet(FIRST_CLUSTER, end());
      rest -= takeAt(hint, rest, extents);
    }
    return extents;
  }

  /** Returns the number behind the last cluster's. */
  private long end() {
    return free.size();
  }

  /** Takes what is free at a place, up to a number, and returns how many. */
  private long takeAt(long start, long most, List<Extent> extents) {
    if (!free.get(start)) {
      return 0;
    }
    long end = free.nextClear(start, Math.min(start + most, end()));
    Extent extent = new Extent(start, end - start);
    free.clear(start, end);
    hint = end < end() ? end : FIRST_CLUSTER;
    extents.add(extent);
    return extent.length();
  }

  /** Returns where the next extent of a length begins, -1 if there is none. */
  private long find(long length) {
    if (length > longest) {
      return -1;
    }
    long found = find(length, hint, end());
    found = found >= 0 ? found : find(length, FIRST_CLUSTER, hint);
    if (found < 0) {
      longest = length - 1;
    }
    return found;
  }

  /** Searches the extents that begin in a range. */
  private long find(long length, long from, long to) {
    long start = free.nextSet(from, to);
    while (start < to) {
      long end = free.nextClear(start, Math.min(start + length, end()));
      if (end - start >= length) {
        return start;
      }
      start = end < to ? free.nextSet(end, to) : to;
    }
    return -1;
  }

  /** Takes back clusters that were taken in vain: no table that was handed over links them. */
  public synchronized void giveBack(List<Extent> extents) {
    for (Extent extent : extents) {
      release(extent.cluster(), extent.end());
    }
  }

  /**
   * Counts clusters as freed, but not yet to be given out. One that is free or waiting already,
   * since two chains of a damaged volume share it, stays what it is.
   */
  public synchronized void retire(List<Extent> extents) {
    for (Extent extent : extents) {
      long end = extent.end();
      long from = free.nextClear(extent.cluster(), end);
      while (from < end) {
        long to = free.nextSet(from, end);
        waiting.set(from, to);
        from = free.nextClear(to, end);
      }
    }
    clearUnusable(waiting);
  }

  /** Frees clusters that were retired, once the batch that frees them is committed. */
  public synchronized void reclaim(List<Extent> extents) {
    for (Extent extent : extents) {
      long end = extent.end();
      long from = waiting.nextSet(extent.cluster(), end);
      while (from < end) {
        long to = waiting.nextClear(from, end);
        waiting.clear(from, to);
        release(from, to);
        from = waiting.nextSet(to, end);
      }
    }
  }

  private void release(long from, long to) {
    free.set(from, to);
    clearUnusable(free);
    longest = Long.MAX_VALUE;
  }

  private void clearUnusable(ClusterBitmap bitmap) {
    for (long cluster : unusable) {
      bitmap.clear(cluster, cluster + 1);
    }
  }
}
