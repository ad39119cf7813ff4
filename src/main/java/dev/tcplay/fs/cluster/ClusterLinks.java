package dev.tcplay.fs.cluster;

import java.io.IOException;

/**
 * Which cluster follows which: the allocation table of a volume, or a rule. Safe for any number of
 * threads; a {@link Cursor} serves one.
 */
public interface ClusterLinks {

  /** What follows the last cluster of a chain. */
  long END = -1;

  /** What follows a cluster that is marked free, and so is in no chain. */
  long FREE = -2;

  /** What follows a cluster that is marked bad. */
  long BAD = -3;

  /** Returns whether a number is that of a cluster. */
  boolean isCluster(long number);

  /** Starts to follow chains. */
  Cursor cursor();

  /** Follows chains, and may remember what lies near the link that was asked for last. */
  interface Cursor {

    /** Returns whether it takes no reading to tell what follows a cluster; false for others. */
    boolean holds(long cluster);

    /**
     * Returns what follows a cluster.
     *
     * @return the next cluster, {@link #END}, {@link #FREE} or {@link #BAD}; on a damaged volume
     *     possibly a number that is no cluster's
     */
    long next(long cluster) throws IOException;
  }
}
