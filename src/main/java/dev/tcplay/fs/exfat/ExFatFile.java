package dev.tcplay.fs.exfat;

import dev.tcplay.fs.tree.TreeFile;

/** The contents of one file that is open. */
final class ExFatFile extends TreeFile<FileClusters> {

  private final FileEntry entry;

  /** Makes the contents of a file, which {@link #load} then looks at. */
  ExFatFile(TreeContext context, FileEntry entry) {
    super(
        context.writer(),
        context.writer().geometry(),
        entry,
        new FileClusters(context.writer(), entry::path, Allocation.NONE),
        context.writer().geometry().largestFile());
    this.entry = entry;
  }

  FileEntry entry() {
    return entry;
  }
}
