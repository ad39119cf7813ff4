package dev.tcplay.fs.fat;

import dev.tcplay.block.WriteBatch.Group;

/** The order in which the parts of a change reach the host, so that a crash leaves no damage. */
final class WriteOrder {

  /** Contents of files, and new directories before they are linked. */
  static final Group DATA = Group.FIRST;

  /** What marks clusters as taken, and links that lead to new ones. */
  static final Group ALLOCATIONS = Group.SECOND;

  /** Directory entries that are added or changed in place, sizes and times. */
  static final Group ENTRIES_ADDED = Group.THIRD;

  /** Directory entries that go. */
  static final Group ENTRIES_REMOVED = Group.FOURTH;

  /** Clusters given back. */
  static final Group FREES = Group.FIFTH;

  /** Counters and hints. */
  static final Group COUNTERS = Group.SIXTH;

  private WriteOrder() {}
}
