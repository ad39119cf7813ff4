package dev.tcplay.fs.fat;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * An entry, and the directory that it stands in: its path, for messages. Immutable.
 *
 * @param parent the directory, null for the root
 * @param entry the entry, null for the root
 */
record EntryPath(@Nullable EntryPath parent, @Nullable DirectoryEntry entry) {

  /** The root directory, which has no entry. */
  static final EntryPath ROOT = new EntryPath(null, null);

  String name() {
    return entry == null ? "" : entry.name();
  }

  /** Returns the path from the root, for messages. */
  String path() {
    if (parent == null) {
      return "/";
    }
    Deque<String> names = new ArrayDeque<>();
    for (EntryPath node = this; node.parent != null; node = node.parent) {
      names.push(node.name());
    }
    return "/" + String.join("/", names);
  }

  @Override
  public String toString() {
    return path();
  }
}
