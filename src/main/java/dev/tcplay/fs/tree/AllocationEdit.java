package dev.tcplay.fs.tree;

import java.io.IOException;

/** What a change writes where a volume says which clusters are used. For one thread. */
public interface AllocationEdit {

  /** Puts what was changed into the batch. */
  void finish() throws IOException;
}
