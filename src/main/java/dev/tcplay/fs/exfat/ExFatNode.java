package dev.tcplay.fs.exfat;

import dev.tcplay.fs.tree.TreeNode;
import org.jspecify.annotations.Nullable;

/** A file or directory of an exFAT volume as it was when it was looked up. Immutable. */
final class ExFatNode extends TreeNode<ExFatDirectory, DirectoryEntry> {

  /** The root directory, which has no entry. */
  static final ExFatNode ROOT = new ExFatNode(null, null, 0, ROOT_ID);

  ExFatNode(@Nullable ExFatDirectory parent, @Nullable DirectoryEntry entry, int changes, long id) {
    super(parent, entry, changes, id);
  }
}
