package dev.tcplay.fs.fat;

/** Is told during a check of what a repair may mend, and of what it must leave alone. */
interface CheckNotes {

  /** Takes no notes. */
  CheckNotes NONE = new CheckNotes() {};

  /**
   * A part of a long name that belongs to no entry. Told behind the end of its directory, and only
   * of what is surely a directory.
   *
   * @param position where its slot lies in the volume
   */
  default void orphan(long position) {}

  /**
   * A part of a whole long name that has a cluster, though it needs none. Told as {@link #orphan}
   * is.
   *
   * @param position where its slot lies in the volume
   */
  default void partWithCluster(long position) {}

  /**
   * A file whose chain is sound and longer than its size. Told as {@link #orphan} is.
   *
   * @param wanted how many clusters the size takes
   */
  default void chainTooLong(DirectoryEntry entry, int wanted) {}

  /**
   * The clusters of something that can be read whole.
   *
   * @param links how many entries of the table it needs as they are, from the first cluster on
   */
  default void sound(int firstCluster, int links) {}

  /**
   * A slot that no listing shows, and that would lead to a cluster if it were an entry: a label, a
   * part of a long name, or what stands behind the end of a directory, where some systems look.
   */
  default void passedOver(int firstCluster) {}

  /** A directory that could not be read whole, or that may be none. */
  default void doubtful() {}
}
