package dev.tcplay.fs;

/**
 * A file, directory or link of a mounted volume, by the name under which it was found, as its
 * driver knows it.
 *
 * <p>Immutable handles: two nodes stand for the same file if and only if their ids are equal. Nodes
 * of one file that has several names, or has got another one, differ in the name that they stand
 * for: {@link MountedVolume#delete} and {@link MountedVolume#move} act on that name.
 */
public interface Node {

  /**
   * Returns the id: unique in the volume and stable while it is mounted, across renames too. The id
   * of a node that was deleted is not given to another one while it is open; later it may be, as
   * the number of an inode.
   */
  long id();

  /** Returns what this is; it stays that. */
  NodeType type();

  /** Returns whether this is a directory. */
  default boolean isDirectory() {
    return type() == NodeType.DIRECTORY;
  }
}
