package dev.tcplay.fs.fat;

import dev.tcplay.fs.cluster.ChangeGuard;
import dev.tcplay.fs.cluster.WriteOrder;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** Deletes files and empty directories. Safe for any number of threads. */
final class Remover {

  private final TreeContext context;

  Remover(TreeContext context) {
    this.context = context;
  }

  /** Deletes a node, as {@link dev.tcplay.fs.MountedVolume#delete} says. */
  void delete(FatNode node) throws IOException {
    context.writer().checkWritable();
    FatDirectory parent = node.parent();
    if (parent == null) {
      throw new FileSystemException("/", null, "the root directory cannot be deleted");
    }
    ChangeGuard guard = context.writer().guard();
    if (node.isDirectory()) {
      FatDirectory directory = context.directories().enter(node);
      guard.runUnder(
          () -> deleteDirectory(parent, node, directory),
          context.treeLock(),
          parent.lock().writeLock(),
          directory.lock().writeLock());
    } else {
      guard.runUnder(() -> deleteFile(parent, node), parent.lock().writeLock());
    }
  }

  private void deleteFile(FatDirectory parent, FatNode node) throws IOException {
    DirectoryEntry entry = context.directories().current(node);
    TreeContext.checkRemovable(parent, entry);
    remove(parent, entry, true);
    context.writer().freeClusters().freeUnlessShared(context.deleted(entry, null));
  }

  private void deleteDirectory(FatDirectory parent, FatNode node, FatDirectory directory)
      throws IOException {
    DirectoryEntry entry = context.directories().current(node);
    TreeContext.checkRemovable(parent, entry);
    context.checkEmpty(directory);
    // Not before what was moved out of it is on disk where it is now.
    remove(parent, entry, false);
    context.writer().freeClusters().freeUnlessShared(context.deleted(entry, directory));
  }

  /** Deletes an entry; it may be gone before what was changed earlier, if nothing else needs it. */
  void remove(FatDirectory parent, DirectoryEntry entry, boolean free) throws IOException {
    DirectoryIndex index = context.directories().index(parent);
    try (Change change = context.writer().begin()) {
      EntryEditor editor = context.edit(change, parent, index);
      int freed = editor.remove(entry, WriteOrder.ENTRIES_REMOVED, free);
      change.submit();
      editor.removed(entry, freed);
    }
    context.leftovers().add(parent);
    context.directories().changed(parent, index);
  }
}
