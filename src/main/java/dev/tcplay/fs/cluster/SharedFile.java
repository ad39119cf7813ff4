package dev.tcplay.fs.cluster;

import java.io.IOException;

/** The contents of a file that is open, which all handles on it share; see {@link OpenFiles}. */
public interface SharedFile {

  /**
   * Returns the id of the file's node, always as the same object: a handle can then be given back
   * when there is no memory left.
   */
  Long id();

  /** Reads what is to be known, unless that was done; under the lock of the directory. */
  void load() throws IOException;

  /** Takes note that the file was deleted; under the lock of the directory. */
  void unlink();

  /** Returns whether the file was deleted. */
  boolean isUnlinked();

  /** Frees the clusters of a file that was deleted and that nobody has open any more. */
  void free() throws IOException;

  /** Gives back what was taken and could not be published, when nobody has the file open. */
  void giveBack() throws IOException;
}
