package dev.tcplay.fs.exfat;

import dev.tcplay.fs.tree.TreeDirectory;
import dev.tcplay.fs.tree.TreeEntry;

/**
 * A directory that was entered, as long as the volume is mounted; besides where it lies, and where
 * its own entry set stands in its parent.
 */
final class ExFatDirectory extends TreeDirectory<ExFatDirectory> {

  private volatile int ownSlot;
  private volatile Allocation allocation;

  /** Makes the root directory. */
  ExFatDirectory(long firstCluster) {
    super(firstCluster);
    this.allocation = new Allocation(firstCluster, 0, 0, false);
  }

  /** Makes the directory of an entry, which was checked. */
  ExFatDirectory(ExFatDirectory parent, DirectoryEntry entry, long id) {
    super(parent, entry, id);
    this.ownSlot = entry.firstSlot();
    this.allocation = entry.set().allocation();
  }

  /** Returns the slot of the parent in which the directory's own set begins. */
  int ownSlot() {
    return ownSlot;
  }

  /** Returns where the directory lies; of the root the first cluster alone is known. */
  Allocation allocation() {
    return allocation;
  }

  /** Takes note that the directory has grown; under the lock, held alone. */
  void grown(Allocation now) {
    allocation = now;
  }

  @Override
  public void moveTo(ExFatDirectory newParent, TreeEntry entry) {
    super.moveTo(newParent, entry);
    ownSlot = entry.firstSlot();
  }

  /** Returns how many directories lie above. */
  int depth() {
    int depth = 0;
    for (ExFatDirectory above = parent(); above != null; above = above.parent()) {
      depth++;
    }
    return depth;
  }
}
