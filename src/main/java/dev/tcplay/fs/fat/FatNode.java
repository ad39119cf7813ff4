package dev.tcplay.fs.fat;

import dev.tcplay.fs.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A file or directory: its entry, and the directory that the entry stands in. Immutable.
 *
 * @param parent the directory, null for the root
 * @param entry the entry, null for the root
 */
record FatNode(@Nullable FatNode parent, @Nullable DirectoryEntry entry) implements Node {

  /** The root directory, which has no entry. */
  static final FatNode ROOT = new FatNode(null, null);

  /** The place of the entry; no entry lies in the boot sector, so 0 is left for the root. */
  @Override
  public long id() {
    return entry == null ? 0 : entry.position();
  }

  @Override
  public boolean isDirectory() {
    return entry == null || entry.isDirectory();
  }

  String name() {
    return entry == null ? "" : entry.name();
  }

  /** Returns the path from the root, for messages. */
  String path() {
    if (parent == null) {
      return "/";
    }
    Deque<String> names = new ArrayDeque<>();
    for (FatNode node = this; node.parent != null; node = node.parent) {
      names.push(node.name());
    }
    return "/" + String.join("/", names);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FatNode node && node.id() == id();
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
