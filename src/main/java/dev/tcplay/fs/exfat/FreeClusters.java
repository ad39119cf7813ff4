package dev.tcplay.fs.exfat;

import dev.tcplay.fs.cluster.ChainWalk;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.FreeSpaceMap;
import dev.tcplay.fs.cluster.PendingFrees;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The free clusters of a mounted volume, and those that wait to be freed. Safe for any number of
 * threads.
 */
final class FreeClusters {

  private final ExFatWriter writer;
  private final AllocationBitmap bitmap;
  private final PendingFrees freed = new PendingFrees();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable FreeSpaceMap space;

  /** How many there are on a volume that takes no writes, -1 as long as nobody asked. */
  private volatile long counted = -1;

  FreeClusters(ExFatWriter writer, AllocationBitmap bitmap) {
    this.writer = writer;
    this.bitmap = bitmap;
  }

  /** Returns the free clusters; the first call reads the whole bitmap. */
  FreeSpaceMap space() throws IOException {
    FreeSpaceMap known = space;
    if (known != null) {
      return known;
    }
    lock.lock();
    try {
      known = space;
      if (known == null) {
        known = new FreeSpaceMap(bitmap.free(), 0);
        space = known;
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many there are, or will be soon; the first call reads the whole bitmap. */
  long count() throws IOException {
    if (!writer.isReadOnlyByChoice()) {
      return space().freeOnceCommitted();
    }
    if (counted < 0) {
      counted = bitmap.free().count();
    }
    return counted;
  }

  /** Frees what nothing leads to any more, with the next {@link #submit}. */
  void free(Allocation old) {
    if (old.firstCluster() == 0) {
      return;
    }
    if (writer.shared().outlives(old.firstCluster())) {
      writer.keepDirty();
    } else if (old.isContiguous()) {
      freeRun(old);
    } else {
      freeChain(old.firstCluster(), writer.geometry().clustersFor(Math.max(0, old.length())));
    }
  }

  private void freeRun(Allocation old) {
    long count = writer.geometry().clustersFor(old.length());
    boolean isThere = old.length() > 0 && writer.geometry().hasRun(old.firstCluster(), count);
    if (isThere) {
      freeQuietly(List.of(new Extent(old.firstCluster(), count)));
    } else {
      writer.keepDirty();
    }
  }

  /** Frees clusters that nothing leads to any more, with the next {@link #submit}. */
  void freeQuietly(List<Extent> extents) {
    try {
      free(extents);
    } catch (IOException e) {
      // What led here is gone, so the caller's work is done; at worst clusters are lost.
      writer.keepDirty();
    }
  }

  private void free(List<Extent> extents) throws IOException {
    if (!extents.isEmpty()) {
      space().retire(extents);
      freed.add(extents);
    }
  }

  /**
   * Frees a chain, as far as it is sound and can be read, and no more of it than what led here had:
   * behind that there may be clusters of others. Where it leads to what is no cluster, or was met
   * before, it ends; the volume then stays marked as in use, as there may be lost clusters. So it
   * does if the device fails.
   */
  void freeChain(long first, long most) {
    ChainWalk walk = new ChainWalk(writer.links(), first, most);
    try {
      while (!walk.isAtEnd()) {
        free(walk.next());
        if (!walk.isAtEnd()) {
          // A chain of any length passes through a bounded memory.
          submit();
        }
      }
    } catch (IOException e) {
      writer.keepDirty();
      return;
    }
    if (walk.isDamaged()) {
      writer.keepDirty();
    }
  }

  /** Hands over what was freed. */
  void submit() throws IOException {
    freed.submit(this::freeInBitmap);
  }

  private void freeInBitmap(List<Extent> extents) throws IOException {
    FreeSpaceMap map = space();
    try (Change change = writer.begin()) {
      // What cut them off may stand in the same group.
      change.afterEarlierOnes();
      change.free(extents);
      change.whenCommitted(() -> map.reclaim(extents));
      change.submit();
    }
  }
}
