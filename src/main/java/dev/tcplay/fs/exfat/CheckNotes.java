package dev.tcplay.fs.exfat;

/** Is told during a check of what a repair may mend, and of what it must leave alone. */
interface CheckNotes {

  /** Takes no notes. */
  CheckNotes NONE = new CheckNotes() {};

  /**
   * An entry that a power cut has left of a set whose other part is in another sector.
   *
   * @param position where it stands in the volume
   */
  default void torn(long position) {}

  /** A set whose fields can be put right by the fields themselves. */
  default void wrongFields(DirectoryEntry entry) {}

  /**
   * A chain that is sound as far as it is needed, and goes on behind that.
   *
   * @param last the last cluster that is needed
   */
  default void chainTooLong(long last) {}

  /** A first cluster behind the end of a directory, where some systems look. */
  default void passedOver(long firstCluster) {}

  /** Something that may own clusters which nothing else claims. */
  default void doubtful() {}
}
