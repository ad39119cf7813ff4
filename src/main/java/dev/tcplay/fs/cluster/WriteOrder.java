package dev.tcplay.fs.cluster;

import dev.tcplay.block.WriteBatch.Group;

/** The order in which the parts of a change reach the host, so that a crash leaves no damage. */
public final class WriteOrder {

  /** Contents of files, and new directories before they are linked. */
  public static final Group DATA = Group.FIRST;

  /** What marks clusters as taken, and links that lead to new ones. */
  public static final Group ALLOCATIONS = Group.SECOND;

  /** Directory entries that are added or changed in place, sizes and times. */
  public static final Group ENTRIES_ADDED = Group.THIRD;

  /** Directory entries that go. */
  public static final Group ENTRIES_REMOVED = Group.FOURTH;

  /** Clusters given back. */
  public static final Group FREES = Group.FIFTH;

  /** Counters and hints. */
  public static final Group COUNTERS = Group.SIXTH;

  private WriteOrder() {}
}
