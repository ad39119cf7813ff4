package dev.tcplay.fs.fat;

import dev.tcplay.fs.cluster.WriteOrder;
import dev.tcplay.fs.tree.TreeRemover;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes files and empty directories. Safe for any number of threads. */
final class Remover extends TreeRemover<FatDirectory, DirectoryEntry, FatNode> {

  private final TreeContext context;

  Remover(TreeContext context) {
    super(context.writer(), context.directories(), context.treeLock());
    this.context = context;
  }

  @Override
  protected void checkRemovable(FatDirectory parent, DirectoryEntry entry)
      throws AccessDeniedException {
    TreeContext.checkRemovable(parent, entry);
  }

  @Override
  protected void checkEmpty(FatDirectory directory) throws IOException {
    context.checkEmpty(directory);
  }

  @Override
  protected void free(DirectoryEntry entry, @Nullable FatDirectory directory) throws IOException {
    context.writer().freeClusters().freeUnlessShared(context.deleted(entry, directory));
  }

  private boolean isMoving(DirectoryEntry entry) {
    return context.writer().uncommitted().isMoving(context.ids().at(entry.position()));
  }

  @Override
  protected void remove(FatDirectory parent, List<DirectoryEntry> entries, boolean free)
      throws IOException {
    DirectoryIndex index = context.directories().index(parent);
    for (DirectoryEntry entry : entries) {
      try (Change change = context.writer().begin()) {
        if (entry.isDirectory() && isMoving(entry)) {
          // Else a crash could leave the old name alone, with the dots of the new one.
          change.afterEarlierOnes();
        }
        EntryEditor editor = context.edit(change, parent, index);
        int freed = editor.remove(entry, WriteOrder.ENTRIES_REMOVED, free);
        change.submit();
        editor.removed(entry, freed);
      }
    }
    context.leftovers().add(parent);
    context.directories().changed(parent, index);
  }
}
