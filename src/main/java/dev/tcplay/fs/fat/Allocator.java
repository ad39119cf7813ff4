package dev.tcplay.fs.fat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which clusters are free, and who gets the next ones. It knows nothing of the disk once it is
 * made: who takes clusters writes the table. Safe for any number of threads; one bit for each
 * cluster, and one more while freed ones wait.
 *
 * <p>A cluster is free, taken, or waiting: freed, but in a batch that is not yet committed. What
 * waits is not given out, since after a crash its old owner may still be there.
 *
 * <p>A FAT12 entry that lies in two sectors cannot be written as one. Its cluster is never given
 * out and never counts as free.
 */
final class Allocator {

  private final FatType type;
  private final int clusters;

  /** The free clusters; here and in all that follows the first cluster is number 0. */
  private final BitSet free;

  private BitSet waiting = new BitSet();
  private int freeCount;
  private int waitingCount;
  private int hint;

  /** No run of free clusters is longer. */
  private int longestRun = Integer.MAX_VALUE;

  private Allocator(Geometry geometry, BitSet free, int hint) {
    this.type = geometry.type();
    this.clusters = geometry.clusters();
    this.free = free;
    this.freeCount = free.cardinality();
    this.hint = geometry.isCluster(hint) ? hint - Geometry.FIRST_CLUSTER : 0;
  }

  /**
   * Reads the whole table. Bad clusters are taken for ever.
   *
   * @param hint where to look first; no cluster's number to look from the start
   */
  static Allocator read(FatTable table, Geometry geometry, int hint) throws IOException {
    FatTable.Cursor cursor = table.scanCursor();
    BitSet free = new BitSet(geometry.clusters());
    for (int i = 0; i < geometry.clusters(); i++) {
      int cluster = Geometry.FIRST_CLUSTER + i;
      if (cursor.get(cluster) == FatType.FREE && !geometry.type().straddles(cluster)) {
        free.set(i);
      }
    }
    return new Allocator(geometry, free, hint);
  }

  /** Returns how many clusters can be taken now. */
  synchronized int free() {
    return freeCount;
  }

  /** Returns how many clusters can be taken once what was freed is committed. */
  synchronized int freeOnceCommitted() {
    return freeCount + waitingCount;
  }

  /** Returns the cluster where the next search begins, for the hint on disk. */
  synchronized int hint() {
    return Geometry.FIRST_CLUSTER + hint;
  }

  /**
   * Takes clusters, in as few runs as it can: first those that follow the last cluster of the file,
   * then the next run that is long enough, else the next ones that are free, once around.
   *
   * @param count how many, at least 1
   * @param last the last cluster of the file, 0 for a file without any
   * @return the runs in the order in which they are to be linked
   * @throws NoSpaceException if so many are not free; then none was taken
   */
  synchronized List<Extents.Run> allocate(int count, int last) throws NoSpaceException {
    if (count < 1) {
      throw new IllegalArgumentException("count " + count);
    }
    if (count > freeCount) {
      throw new NoSpaceException("No space left on the volume");
    }
    List<Extents.Run> runs = new ArrayList<>();
    int rest = count;
    if (last != 0) {
      rest -= takeAt(last - Geometry.FIRST_CLUSTER + 1, rest, runs);
    }
    if (rest > 0) {
      int start = findRun(rest);
      hint = start >= 0 ? start : hint;
    }
    while (rest > 0) {
      int start = free.nextSetBit(hint);
      hint = start >= 0 ? start : free.nextSetBit(0);
      rest -= takeAt(hint, rest, runs);
    }
    return runs;
  }

  /** Takes what is free at a place, up to a number, and returns how many. */
  private int takeAt(int start, int most, List<Extents.Run> runs) {
    int length = Math.min(most, runLength(start));
    if (length > 0) {
      free.clear(start, start + length);
      freeCount -= length;
      hint = (start + length) % clusters;
      runs.add(new Extents.Run(Geometry.FIRST_CLUSTER + start, length));
    }
    return length;
  }

  private int runLength(int start) {
    return free.get(start) ? free.nextClearBit(start) - start : 0;
  }

  /** Returns where the next run of a length begins, -1 if there is none. */
  private int findRun(int length) {
    if (length > longestRun) {
      return -1;
    }
    int found = findRun(length, hint, clusters);
    found = found >= 0 ? found : findRun(length, 0, hint);
    if (found < 0) {
      longestRun = length - 1;
    }
    return found;
  }

  /** Searches the runs that begin in a range. */
  private int findRun(int length, int from, int to) {
    int start = free.nextSetBit(from);
    while (start >= 0 && start < to) {
      int end = free.nextClearBit(start);
      if (end - start >= length) {
        return start;
      }
      start = free.nextSetBit(end);
    }
    return -1;
  }

  /** Takes back clusters that were taken in vain: no table that was handed over links them. */
  synchronized void giveBack(List<Extents.Run> runs) {
    for (Extents.Run run : runs) {
      for (int i = 0; i < run.length(); i++) {
        release(run.cluster() + i - Geometry.FIRST_CLUSTER);
      }
    }
  }

  /**
   * Counts clusters as freed, but not yet to be given out. One that is free or waiting already,
   * since two chains of a damaged volume share it, stays what it is.
   */
  synchronized void retire(List<Extents.Run> runs) {
    for (Extents.Run run : runs) {
      for (int i = 0; i < run.length(); i++) {
        int index = run.cluster() + i - Geometry.FIRST_CLUSTER;
        if (!free.get(index) && !waiting.get(index) && isUsable(index)) {
          waiting.set(index);
          waitingCount++;
        }
      }
    }
  }

  /** Frees clusters that were retired, once the batch that frees them is committed. */
  synchronized void reclaim(List<Extents.Run> runs) {
    for (Extents.Run run : runs) {
      for (int i = 0; i < run.length(); i++) {
        int index = run.cluster() + i - Geometry.FIRST_CLUSTER;
        if (waiting.get(index)) {
          waiting.clear(index);
          waitingCount--;
          release(index);
        }
      }
    }
    if (waitingCount == 0) {
      waiting = new BitSet();
    }
  }

  private void release(int index) {
    if (!free.get(index) && isUsable(index)) {
      free.set(index);
      freeCount++;
      longestRun = Integer.MAX_VALUE;
    }
  }

  private boolean isUsable(int index) {
    return !type.straddles(index + Geometry.FIRST_CLUSTER);
  }
}
