package dev.tcplay.fs.fat;

/** Is told during a check of what a repair may mend, with the places of it. */
interface CheckNotes {

  /** Takes no notes. */
  CheckNotes NONE = new CheckNotes() {};

  /**
   * A part of a long name that belongs to no entry.
   *
   * @param position where its slot lies in the volume
   */
  default void orphan(long position) {}

  /**
   * A file whose chain is sound and longer than its size.
   *
   * @param wanted how many clusters the size takes
   */
  default void chainTooLong(DirectoryEntry entry, int wanted) {}
}
