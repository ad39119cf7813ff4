package dev.tcplay.fs.exfat;

import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.tree.TreeEntry;
import java.time.ZoneId;

/**
 * A file or directory as its entry set says it. Immutable.
 *
 * @param set the entries, which nobody changes
 * @param name the name
 * @param firstSlot the slot of the File entry
 * @param position where that lies in the volume
 */
record DirectoryEntry(EntrySet set, String name, int firstSlot, long position)
    implements TreeEntry {

  @Override
  public boolean isDirectory() {
    return set.isDirectory();
  }

  @Override
  public long firstCluster() {
    return set.allocation().firstCluster();
  }

  @Override
  public int slots() {
    return set.count();
  }

  @Override
  public NodeAttributes attributes(ZoneId zone) {
    return set.view(zone);
  }

  /** Returns whether the set is written whole or not at all. */
  boolean isInOneSector() {
    return DirectorySlots.isInOneSector(firstSlot, slots());
  }
}
