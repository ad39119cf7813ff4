package dev.tcplay.fs.tree;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.cluster.FileData;
import dev.tcplay.fs.cluster.NoSpaceException;
import java.io.IOException;

/**
 * The clusters of one open file: those that the volume knows, those that the file took since, and
 * those that it dropped since and that its entry on disk still leads to. Guarded by the file's
 * lock.
 */
public interface FileChain extends FileData.Clusters {

  /** Returns the first cluster by the entry on disk, 0 if there is none. */
  long firstOnDisk();

  /** Returns whether so much is not published that it should be before more is taken. */
  boolean isLoaded();

  /**
   * Takes clusters until there are enough.
   *
   * @param needed the clusters that the file's present size needs
   * @param wanted how many there are to be
   * @throws CorruptFileSystemException if the chain is damaged, or too short for the size
   * @throws NoSpaceException if so many are not free; nothing was taken then
   */
  void grow(long needed, long wanted) throws IOException;

  /** Gives back what was taken and not published, behind some clusters. */
  void giveBackFrom(long count) throws IOException;

  /** Returns whether the volume knows more than some clusters. */
  boolean isPublishedBeyond(long count) throws IOException;

  /** Lets all clusters go. */
  void clear() throws IOException;

  /**
   * Cuts the clusters off where the volume knows more.
   *
   * @param count clusters to keep, at least 1
   * @return whether the volume must not follow before all that was handed over
   */
  boolean cut(long count) throws IOException;

  /** Frees everything, now that no entry leads here. */
  void free() throws IOException;
}
