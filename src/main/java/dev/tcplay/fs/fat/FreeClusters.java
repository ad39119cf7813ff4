package dev.tcplay.fs.fat;

import dev.tcplay.fs.cluster.ChainWalk;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.FreeSpaceMap;
import dev.tcplay.fs.cluster.PendingFrees;
import dev.tcplay.fs.cluster.WriteOrder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The free clusters of a mounted volume, those that wait to be freed, and how many FAT32 says that
 * there are. Safe for any number of threads.
 */
final class FreeClusters {

  private final FatWriter writer;
  private final FatTable table;
  private final FsInfo fsInfo;
  private final DirtyMark mark;
  private final PendingFrees freed = new PendingFrees();

  /** Held while the counters are handed over, so that the last count is the last written. */
  private final ReentrantLock countersLock = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable FreeSpaceMap space;

  /** How many there are on a volume that takes no writes, -1 as long as nobody asked. */
  private volatile int counted = -1;

  FreeClusters(FatWriter writer, FatTable table, FsInfo fsInfo, DirtyMark mark) {
    this.writer = writer;
    this.table = table;
    this.fsInfo = fsInfo;
    this.mark = mark;
  }

  /** Returns the free clusters; the first call reads the whole table. */
  FreeSpaceMap space() throws IOException {
    FreeSpaceMap known = space;
    if (known != null) {
      return known;
    }
    lock.lock();
    try {
      known = space;
      if (known == null) {
        known = table.freeSpace(fsInfo.hint());
        space = known;
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many there are, or will be soon; the first call reads the whole table. */
  long count() throws IOException {
    return writer.isReadOnlyByChoice() ? countOnce() : space().freeOnceCommitted();
  }

  private int countOnce() throws IOException {
    int free = counted;
    if (free < 0) {
      free = table.countFree();
      counted = free;
    }
    return free;
  }

  /** Frees clusters that nothing leads to any more, with the next {@link #submit}. */
  void free(List<Extent> extents) throws IOException {
    if (!extents.isEmpty()) {
      space().retire(extents);
      freed.add(extents);
    }
  }

  /**
   * Frees a chain that nothing leads to any more, as far as it is sound and can be read. Where it
   * leads to what is no cluster, is free, or was met before, it ends; the volume then stays marked
   * as in use, as there may be lost clusters. So it does if the device fails.
   */
  void freeChain(int first) {
    if (writer.shared().outlives(first)) {
      writer.keepDirty();
      return;
    }
    ChainWalk walk = new ChainWalk(table, first);
    try {
      free(walk);
    } catch (IOException e) {
      // What led here is gone, so the caller's work is done; at worst clusters are lost.
      writer.keepDirty();
      return;
    }
    if (walk.isDamaged()) {
      writer.keepDirty();
    }
  }

  private void free(ChainWalk walk) throws IOException {
    while (!walk.isAtEnd()) {
      free(walk.next());
      if (!walk.isAtEnd()) {
        // A chain of any length passes through a bounded memory.
        submit();
      }
    }
  }

  /** Hands over what was freed, and the counters. */
  void submit() throws IOException {
    freed.submit(this::freeInTable);
    FreeSpaceMap known = space;
    if (known != null && mark.isSet()) {
      countersLock.lock();
      try {
        if (fsInfo.isOutdated(known)) {
          writeCounters(known);
        }
      } finally {
        countersLock.unlock();
      }
    }
  }

  private void freeInTable(List<Extent> extents) throws IOException {
    FreeSpaceMap map = space();
    try (Change change = writer.begin()) {
      // What cut them off may stand in the same group.
      change.afterEarlierOnes();
      change.table().free(WriteOrder.FREES, extents);
      change.whenCommitted(() -> map.reclaim(extents));
      change.submit();
    }
  }

  private void writeCounters(FreeSpaceMap known) throws IOException {
    try (Change change = writer.begin()) {
      fsInfo.write(change, known);
      change.submit();
    }
  }
}
