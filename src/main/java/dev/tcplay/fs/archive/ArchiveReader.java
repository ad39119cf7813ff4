package dev.tcplay.fs.archive;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;

/** Reads the list of members of one format of archives. Used once. */
interface ArchiveReader {

  /**
   * Adds all members to a tree.
   *
   * @param archive its bytes; something else may follow where the format tells its end
   * @throws dev.tcplay.fs.CorruptFileSystemException if the archive cannot be read further; what
   *     was added before stays
   * @throws IOException if the device fails, or the archive takes too much memory
   */
  void read(BlockDevice archive, TreeBuilder tree) throws IOException;
}
