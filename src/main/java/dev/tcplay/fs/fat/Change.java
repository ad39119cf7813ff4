package dev.tcplay.fs.fat;

import dev.tcplay.fs.tree.VolumeChange;

/** One change of the tree, with its edit of the table. For one thread. */
final class Change extends VolumeChange<TableEdit> {

  private final FatWriter writer;

  Change(FatWriter writer) {
    super(writer);
    this.writer = writer;
  }

  /**
   * Returns the edit of the table; from now on nobody else edits it until this change is closed.
   */
  TableEdit table() {
    return edit(() -> writer.edit(batch()));
  }
}
