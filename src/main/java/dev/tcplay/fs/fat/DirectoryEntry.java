package dev.tcplay.fs.fat;

import dev.tcplay.fs.DosFlags;
import dev.tcplay.fs.DosTime;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.tree.TreeEntry;
import java.time.ZoneId;

/**
 * An entry of a directory: a short entry with the long name before it, if there is one. Immutable.
 *
 * @param name the long name, else the short one in the case that its entry asks for
 * @param shortName the short name in upper case; equal to the name but for case if there is no
 *     other
 * @param flags the attribute byte
 * @param firstCluster the first cluster as stored, lawful or not
 * @param size the stored size in bytes; means nothing for a directory
 * @param created creation time
 * @param modified time of the last write
 * @param accessed day of the last access
 * @param firstSlot the first slot that belongs to the entry
 * @param slot the slot of the short entry
 * @param position where the short entry lies in the volume
 */
record DirectoryEntry(
    String name,
    String shortName,
    int flags,
    long firstCluster,
    long size,
    DosTime created,
    DosTime modified,
    DosTime accessed,
    int firstSlot,
    int slot,
    long position)
    implements TreeEntry {

  NodeType type() {
    return isDirectory() ? NodeType.DIRECTORY : NodeType.FILE;
  }

  @Override
  public boolean isDirectory() {
    return has(SlotReader.DIRECTORY);
  }

  @Override
  public int slots() {
    return slot + 1 - firstSlot;
  }

  @Override
  public NodeAttributes attributes(ZoneId zone) {
    return NodeAttributes.builder(type())
        .size(isDirectory() ? 0 : size)
        .created(created.in(zone))
        .modified(modified.in(zone))
        .accessed(accessed.in(zone))
        .dos(new DosFlags(flags))
        .build();
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }
}
