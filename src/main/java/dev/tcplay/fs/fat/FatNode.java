package dev.tcplay.fs.fat;

import dev.tcplay.fs.tree.TreeNode;
import org.jspecify.annotations.Nullable;

/** A file or directory of a FAT volume as it was when it was looked up. Immutable. */
final class FatNode extends TreeNode<FatDirectory, DirectoryEntry> {

  /** The root directory, which has no entry. */
  static final FatNode ROOT = new FatNode(null, null, 0, ROOT_ID);

  FatNode(@Nullable FatDirectory parent, @Nullable DirectoryEntry entry, int changes, long id) {
    super(parent, entry, changes, id);
  }
}
