package dev.tcplay.fs.archive;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.OpenNode;
import java.io.IOException;

/**
 * Contents that the archive names and does not hold.
 *
 * @param reason why
 */
record MissingContents(String reason) implements Contents {

  @Override
  public long size() {
    return 0;
  }

  @Override
  public OpenNode openNode() throws IOException {
    throw new CorruptFileSystemException(null, reason);
  }
}
