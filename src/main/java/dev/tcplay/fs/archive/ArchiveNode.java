package dev.tcplay.fs.archive;

import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;

/**
 * A name in the tree.
 *
 * @param name as it is shown
 * @param isRenamed whether the archive has another name for it
 * @param inode what it stands for
 */
record ArchiveNode(String name, boolean isRenamed, Inode inode) implements Node {

  @Override
  public long id() {
    return inode.id;
  }

  @Override
  public NodeType type() {
    return inode.type;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ArchiveNode node && node.inode == inode && node.name.equals(name);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(inode.id);
  }

  @Override
  public String toString() {
    return type() + " '" + name + "'";
  }
}
