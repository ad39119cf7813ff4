package dev.tcplay.fs.tree;

import dev.tcplay.fs.cluster.ChainWalk;
import dev.tcplay.fs.cluster.ClusterLinks;
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
 *
 * @param <C> the changes of the driver
 */
public abstract class FreeClusterPool<C extends VolumeChange<?>> {

  private final VolumeWriter<C> writer;
  private final ClusterLinks links;
  private final PendingFrees freed = new PendingFrees();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable FreeSpaceMap space;

  /** How many there are on a volume that takes no writes, -1 as long as nobody asked. */
  private volatile long counted = -1;

  /** Makes the clusters of a volume, of which nothing is read yet. */
  protected FreeClusterPool(VolumeWriter<C> writer, ClusterLinks links) {
    this.writer = writer;
    this.links = links;
  }

  /** Reads which clusters are free. */
  protected abstract FreeSpaceMap read() throws IOException;

  /** Counts the free clusters of a volume that takes no writes. */
  protected abstract long countOnDisk() throws IOException;

  /** Says on the volume that clusters are free; the only edit of its change. */
  protected abstract void free(C change, List<Extent> extents) throws IOException;

  /** Returns the free clusters; the first call reads the whole allocation. */
  public final FreeSpaceMap space() throws IOException {
    FreeSpaceMap known = space;
    if (known != null) {
      return known;
    }
    lock.lock();
    try {
      known = space;
      if (known == null) {
        known = read();
        space = known;
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the free clusters if somebody has asked for them. */
  protected final @Nullable FreeSpaceMap known() {
    return space;
  }

  /** Returns how many there are, or will be soon; the first call reads the whole allocation. */
  public final long count() throws IOException {
    if (!writer.isReadOnlyByChoice()) {
      return space().freeOnceCommitted();
    }
    long free = counted;
    if (free < 0) {
      free = countOnDisk();
      counted = free;
    }
    return free;
  }

  /** Frees clusters that nothing leads to any more, with the next {@link #submit}. */
  public final void free(List<Extent> extents) throws IOException {
    if (!extents.isEmpty()) {
      space().retire(extents);
      freed.add(extents);
    }
  }

  /** As {@link #free(List)}; if the device fails, the volume stays marked as in use. */
  public final void freeQuietly(List<Extent> extents) {
    try {
      free(extents);
    } catch (IOException e) {
      // What led here is gone, so the caller's work is done; at worst clusters are lost.
      writer.keepDirty();
    }
  }

  /**
   * Frees a chain, as far as it is sound and can be read. Where it leads to what is no cluster, is
   * free, or was met before, it ends; the volume then stays marked as in use, as there may be lost
   * clusters. So it does if the device fails.
   *
   * @param first the first cluster, 0 for no chain
   * @param most how many clusters there may be: behind those that what led here had, there may be
   *     others' ones
   */
  public final void freeChain(long first, long most) {
    ChainWalk walk = new ChainWalk(links, first, most);
    try {
      while (!walk.isAtEnd()) {
        free(walk.next());
        if (!walk.isAtEnd()) {
          // A chain of any length passes through a bounded memory.
          submit();
        }
      }
    } catch (IOException e) {
      // As above.
      writer.keepDirty();
      return;
    }
    if (walk.isDamaged()) {
      writer.keepDirty();
    }
  }

  /**
   * Returns whether clusters stay in use although an entry that led to them is gone: another one
   * does, and the volume stays marked as in use.
   */
  protected final boolean outlives(long first) {
    boolean isShared = writer.shared().outlives(first);
    if (isShared) {
      writer.keepDirty();
    }
    return isShared;
  }

  /** Hands over what was freed. */
  public void submit() throws IOException {
    freed.submit(this::submit);
  }

  private void submit(List<Extent> extents) throws IOException {
    FreeSpaceMap map = space();
    try (C change = writer.begin()) {
      // What cut them off may stand in the same group.
      change.afterEarlierOnes();
      free(change, extents);
      change.whenCommitted(() -> map.reclaim(extents));
      change.submit();
    }
  }
}
