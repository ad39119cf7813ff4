package dev.tcplay.fs.exfat;

import dev.tcplay.fs.cluster.ChainWalk;
import dev.tcplay.fs.cluster.ClusterBitmap;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.FreeSpaceMap;
import dev.tcplay.fs.tree.FreeClusterPool;
import java.io.IOException;
import java.util.List;

/** The free clusters of a mounted volume, by its bitmap. Safe for any number of threads. */
final class FreeClusters extends FreeClusterPool<Change> {

  private final ExFatWriter writer;
  private final List<Long> ownFiles;

  /**
   * Makes the clusters of a volume, of which nothing is read yet.
   *
   * @param ownFiles the first clusters of what the volume has for itself, which is never given out,
   *     whatever the bitmap says
   */
  FreeClusters(ExFatWriter writer, List<Long> ownFiles) {
    super(writer, writer.links());
    this.writer = writer;
    this.ownFiles = ownFiles;
  }

  @Override
  protected FreeSpaceMap read() throws IOException {
    ClusterBitmap free = writer.bitmap().free();
    for (long first : ownFiles) {
      ChainWalk walk = new ChainWalk(writer.links(), first);
      while (!walk.isAtEnd()) {
        for (Extent extent : walk.next()) {
          withhold(free, extent);
        }
      }
    }
    return new FreeSpaceMap(free, 0);
  }

  private void withhold(ClusterBitmap free, Extent extent) {
    if (free.nextSet(extent.cluster(), extent.end()) < extent.end()) {
      writer.keepDirty();
      free.clear(extent.cluster(), extent.end());
    }
  }

  @Override
  protected long countOnDisk() throws IOException {
    return writer.bitmap().free().count();
  }

  @Override
  protected void free(Change change, List<Extent> extents) throws IOException {
    change.free(extents);
  }

  /** Frees what nothing leads to any more, with the next {@link #submit}. */
  void free(Allocation old) {
    long first = old.firstCluster();
    if (first == 0 || outlives(first)) {
      return;
    }
    if (old.length() <= 0) {
      // How much of what begins there is its own nobody knows.
      writer.keepDirty();
    } else if (old.isContiguous()) {
      freeRun(old);
    } else {
      freeChain(first, writer.geometry().clustersFor(old.length()));
    }
  }

  private void freeRun(Allocation old) {
    long count = writer.geometry().clustersFor(old.length());
    if (writer.geometry().hasRun(old.firstCluster(), count)) {
      freeQuietly(List.of(new Extent(old.firstCluster(), count)));
    } else {
      writer.keepDirty();
    }
  }
}
