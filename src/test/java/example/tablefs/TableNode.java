package example.tablefs;

import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;

/**
 * A handle: it says which file is meant, never what is known of it.
 *
 * @param id counted up from 1 in the order in which files come to be known; 0 is the root
 */
record TableNode(long id) implements Node {

  static final TableNode ROOT = new TableNode(0);

  @Override
  public NodeType type() {
    return id == 0 ? NodeType.DIRECTORY : NodeType.FILE;
  }
}
