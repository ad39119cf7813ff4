package dev.tcplay.fs.fat;

import dev.tcplay.fs.tree.TreeFile;

/** The contents of one file that is open; a FAT knows no valid length but the size. */
final class FatFile extends TreeFile<FileClusters> {

  /** The most bytes that a file can have. */
  static final long MAX_SIZE = 0xFFFF_FFFFL;

  private final FileEntry entry;

  /** Makes the contents of a file, which {@link #load} then looks at. */
  FatFile(TreeContext context, FileEntry entry) {
    super(
        context.writer(),
        context.writer().geometry(),
        entry,
        new FileClusters(context, entry::path, 0, 0),
        MAX_SIZE);
    this.entry = entry;
  }

  FileEntry entry() {
    return entry;
  }
}
