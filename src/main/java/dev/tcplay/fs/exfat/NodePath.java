package dev.tcplay.fs.exfat;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A path from the root, for messages; however deep, each node keeps but its name. Immutable.
 *
 * @param parent the directory, null for the root
 * @param name the name in it, empty for the root
 */
record NodePath(@Nullable NodePath parent, String name) {

  /** The root directory. */
  static final NodePath ROOT = new NodePath(null, "");

  /** Names a file of the volume's own, which is in no directory. */
  static NodePath ofSystem(String name) {
    return new NodePath(null, name);
  }

  boolean isRoot() {
    return equals(ROOT);
  }

  @Override
  public String toString() {
    if (parent == null) {
      return name.isEmpty() ? "/" : name;
    }
    Deque<String> names = new ArrayDeque<>();
    for (NodePath node = this; node.parent != null; node = node.parent) {
      names.push(node.name);
    }
    return "/" + String.join("/", names);
  }
}
