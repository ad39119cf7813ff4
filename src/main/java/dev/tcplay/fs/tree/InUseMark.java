package dev.tcplay.fs.tree;

import java.io.IOException;

/**
 * What says on a volume that it is in use, or was left without being closed. Safe for any number of
 * threads.
 */
public interface InUseMark {

  /** Returns whether the volume bore the mark when it was mounted. */
  boolean wasSet();

  /** Returns whether the volume bears it since, on the host's storage. */
  boolean isSet();

  /** Marks the volume on the host's storage; does nothing from the second time on. */
  void set() throws IOException;

  /** Lets the mark stand when the volume is closed. */
  void keep();
}
