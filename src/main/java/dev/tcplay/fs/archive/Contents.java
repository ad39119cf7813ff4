package dev.tcplay.fs.archive;

import dev.tcplay.fs.OpenNode;
import java.io.IOException;

/** The contents of a member of an archive. Safe for any number of threads. */
interface Contents {

  /** Returns the size in bytes. */
  long size();

  /**
   * Opens the contents.
   *
   * @throws IOException if they cannot be read at all; the reason names the member
   */
  OpenNode openNode() throws IOException;
}
