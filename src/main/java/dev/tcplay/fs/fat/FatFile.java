package dev.tcplay.fs.fat;

import dev.tcplay.fs.tree.TreeFile;

/** The contents of one file that is open; FAT knows no valid length but the size. */
final class FatFile extends TreeFile<FileClusters, FileEntry> {

  /** The most bytes that a file can have. */
  static final long MAX_SIZE = 0xFFFF_FFFFL;

  /** Makes the contents of a file, which {@link #load} then looks at. */
  FatFile(TreeContext context, FileEntry entry) {
    super(context.writer(), entry, new FileClusters(context, entry::path, 0, 0));
  }
}
