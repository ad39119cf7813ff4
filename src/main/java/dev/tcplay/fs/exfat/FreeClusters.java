package dev.tcplay.fs.exfat;

import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.FreeSpaceMap;
import dev.tcplay.fs.tree.FreeClusterPool;
import java.io.IOException;
import java.util.List;

/** The free clusters of a mounted volume, by its bitmap. Safe for any number of threads. */
final class FreeClusters extends FreeClusterPool<Change> {

  private final ExFatWriter writer;

  FreeClusters(ExFatWriter writer) {
    super(writer, writer.links());
    this.writer = writer;
  }

  @Override
  protected FreeSpaceMap read() throws IOException {
    return new FreeSpaceMap(writer.bitmap().free(), 0);
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
    if (old.isContiguous()) {
      freeRun(old);
    } else {
      freeChain(first, writer.geometry().clustersFor(Math.max(0, old.length())));
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
}
