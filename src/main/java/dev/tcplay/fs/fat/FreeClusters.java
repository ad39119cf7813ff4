package dev.tcplay.fs.fat;

import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.FreeSpaceMap;
import dev.tcplay.fs.cluster.WriteOrder;
import dev.tcplay.fs.tree.FreeClusterPool;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The free clusters of a mounted volume, and how many FAT32 says that there are. Safe for any
 * number of threads.
 */
final class FreeClusters extends FreeClusterPool<Change> {

  private final FatWriter writer;
  private final FatTable table;
  private final FsInfo fsInfo;
  private final DirtyMark mark;

  /** Held while the counters are handed over, so that the last count is the last written. */
  private final ReentrantLock countersLock = new ReentrantLock();

  FreeClusters(FatWriter writer, FatTable table, FsInfo fsInfo, DirtyMark mark) {
    super(writer, table);
    this.writer = writer;
    this.table = table;
    this.fsInfo = fsInfo;
    this.mark = mark;
  }

  @Override
  protected FreeSpaceMap read() throws IOException {
    return table.freeSpace(fsInfo.hint());
  }

  @Override
  protected long countOnDisk() throws IOException {
    return table.countFree();
  }

  @Override
  protected void free(Change change, List<Extent> extents) throws IOException {
    change.table().free(WriteOrder.FREES, extents);
  }

  /** Frees a chain as {@link #freeChain} does, unless another entry leads to it. */
  void freeUnlessShared(Chain chain) {
    if (!outlives(chain.first())) {
      freeChain(chain.first(), chain.length());
    }
  }

  /** Hands over what was freed, and the counters. */
  @Override
  public void submit() throws IOException {
    super.submit();
    FreeSpaceMap known = known();
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

  private void writeCounters(FreeSpaceMap known) throws IOException {
    try (Change change = writer.begin()) {
      fsInfo.write(change, known);
      change.submit();
    }
  }
}
