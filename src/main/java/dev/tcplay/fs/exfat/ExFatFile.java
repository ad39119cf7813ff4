package dev.tcplay.fs.exfat;

import dev.tcplay.fs.tree.TreeFile;

/** The contents of one file that is open. */
final class ExFatFile extends TreeFile<FileClusters, FileEntry> {

  /** Makes the contents of a file, which {@link #load} then looks at. */
  ExFatFile(TreeContext context, FileEntry entry) {
    super(
        context.writer(), entry, new FileClusters(context.writer(), entry::path, Allocation.NONE));
  }
}
