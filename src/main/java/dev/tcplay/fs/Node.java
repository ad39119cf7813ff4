package dev.tcplay.fs;

/**
 * A file or directory of a mounted volume, as its driver knows it.
 *
 * <p>Immutable handles: two nodes stand for the same file if and only if their ids are equal.
 */
public interface Node {

  /**
   * Returns the id: unique in the volume and stable while it is mounted, across renames too. The id
   * of a node that was deleted is not given to another one while it is open; later it may be, as
   * the number of an inode.
   */
  long id();

  /** Returns whether this is a directory. */
  boolean isDirectory();
}
