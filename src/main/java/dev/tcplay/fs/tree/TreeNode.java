package dev.tcplay.fs.tree;

import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import org.jspecify.annotations.Nullable;

/**
 * A file or directory as it was when it was looked up: its entry, and the directory that the entry
 * stood in. Immutable.
 *
 * @param <D> the directories of the driver
 * @param <E> the entries of the driver
 */
public abstract class TreeNode<D extends TreeDirectory<D>, E extends TreeEntry> implements Node {

  /** The id of the root: no entry lies in the boot sector. */
  public static final long ROOT_ID = 0;

  private final @Nullable D parent;
  private final @Nullable E entry;
  private final int changes;
  private final long id;

  /**
   * Makes a node.
   *
   * @param parent the directory, null for the root
   * @param entry the entry, null for the root
   * @param changes the {@linkplain TreeDirectory#changes changes} of the directory when the entry
   *     was read, or before
   * @param id what tells it from all other nodes
   */
  protected TreeNode(@Nullable D parent, @Nullable E entry, int changes, long id) {
    this.parent = parent;
    this.entry = entry;
    this.changes = changes;
    this.id = id;
  }

  /** Returns the directory, null for the root. */
  public final @Nullable D parent() {
    return parent;
  }

  /** Returns the entry, null for the root. */
  public final @Nullable E entry() {
    return entry;
  }

  final int changes() {
    return changes;
  }

  @Override
  public final long id() {
    return id;
  }

  @Override
  public final NodeType type() {
    return entry == null || entry.isDirectory() ? NodeType.DIRECTORY : NodeType.FILE;
  }

  /** Returns the name, empty for the root. */
  public final String name() {
    return entry == null ? "" : entry.name();
  }

  /** Returns the path from the root, for messages. */
  public final String path() {
    return parent == null ? "/" : parent.path(name());
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof TreeNode<?, ?> node && node.id == id;
  }

  @Override
  public final int hashCode() {
    return Long.hashCode(id);
  }

  @Override
  public final String toString() {
    return path();
  }
}
