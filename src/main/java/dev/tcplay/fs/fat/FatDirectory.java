package dev.tcplay.fs.fat;

import dev.tcplay.fs.tree.TreeDirectory;

/** A directory that was entered, as long as the volume is mounted. */
final class FatDirectory extends TreeDirectory<FatDirectory> {

  /** Makes the root directory; its first cluster is 0 if it is the fixed one of FAT12 and FAT16. */
  FatDirectory(long firstCluster) {
    super(firstCluster);
  }

  /** Makes the directory of an entry. */
  FatDirectory(FatDirectory parent, DirectoryEntry entry, long id) {
    super(parent, entry, id);
  }
}
