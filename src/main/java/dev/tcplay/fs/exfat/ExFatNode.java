package dev.tcplay.fs.exfat;

import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import org.jspecify.annotations.Nullable;

/**
 * A file or directory as it was when it was looked up: its entry, and the directory that the entry
 * stood in. Immutable.
 *
 * @param parent the directory, null for the root
 * @param entry the entry, null for the root
 * @param changes the {@linkplain ExFatDirectory#changes changes} of the directory when the entry
 *     was read, or before
 * @param id what tells it from all other nodes
 */
record ExFatNode(
    @Nullable ExFatDirectory parent, @Nullable DirectoryEntry entry, int changes, long id)
    implements Node {

  /** The id of the root: no entry lies in the boot sector. */
  static final long ROOT_ID = 0;

  /** The root directory, which has no entry. */
  static final ExFatNode ROOT = new ExFatNode(null, null, 0, ROOT_ID);

  @Override
  public NodeType type() {
    return entry == null || entry.isDirectory() ? NodeType.DIRECTORY : NodeType.FILE;
  }

  String name() {
    return entry == null ? "" : entry.name();
  }

  /** Returns the path from the root, for messages. */
  String path() {
    return parent == null ? "/" : parent.path(name());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ExFatNode node && node.id() == id();
  }

  @Override
  public int hashCode() {
    return Long.hashCode(id());
  }

  @Override
  public String toString() {
    return path();
  }
}
