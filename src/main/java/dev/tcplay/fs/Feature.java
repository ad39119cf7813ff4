package dev.tcplay.fs;

/**
 * What a volume can record, and what its driver can change. Callers are offered what the features
 * of a volume allow, and nothing else is asked of its driver. A later version may know more.
 */
public enum Feature {
  /** The contents of files can be changed. */
  WRITE,
  /** Entries can be made, deleted, renamed and given attributes. Comes with {@link #WRITE}. */
  TREE_WRITE,
  /** There may be {@linkplain NodeType#SYMLINK symbolic links}. */
  SYMLINK,
  /** One file may have several names. */
  HARD_LINK,
  /** Nodes have {@linkplain NodeAttributes#dos DOS attributes}. */
  DOS,
  /**
   * Nodes have {@linkplain NodeAttributes#posix owners and permissions}; with {@link #TREE_WRITE}
   * {@linkplain AttributeChange#mode permissions} can be changed.
   */
  POSIX,
  /** Nodes may have named streams beside their contents. */
  STREAMS
}
