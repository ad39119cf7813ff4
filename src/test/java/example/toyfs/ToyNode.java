package example.toyfs;

import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;

/**
 * A handle: an inode by the name under which it was found.
 *
 * @param inode what is meant
 * @param directory where the name stood, null for the root
 * @param name the name as stored, empty for the root
 */
record ToyNode(Inode inode, Inode directory, String name) implements Node {

  @Override
  public long id() {
    return inode.number;
  }

  @Override
  public NodeType type() {
    return inode.type;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ToyNode node && node.id() == id();
  }

  @Override
  public int hashCode() {
    return Long.hashCode(id());
  }

  @Override
  public String toString() {
    return "inode " + id() + " as \"" + name + '"';
  }
}
