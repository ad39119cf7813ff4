package dev.tcplay.nio;

import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import java.nio.file.NoSuchFileException;

/**
 * What the provider gets for an item of a volume in memory: it stays what it was when it was given
 * out.
 *
 * @param item the file or directory
 * @param parent its directory at that time, null for the root
 * @param name its name at that time
 */
record MemoryHandle(MemoryItem item, MemoryItem parent, String name) implements Node {
  @Override
  public long id() {
    return item.id;
  }

  @Override
  public NodeType type() {
    return item.directory ? NodeType.DIRECTORY : NodeType.FILE;
  }

  MemoryItem current() throws NoSuchFileException {
    if (item.parent != parent || !item.name.equals(name)) {
      throw new NoSuchFileException("<" + name + ">");
    }
    return item;
  }

  MemoryItem existing() throws NoSuchFileException {
    if (item.gone) {
      throw new NoSuchFileException("<" + name + ">");
    }
    return item;
  }
}
