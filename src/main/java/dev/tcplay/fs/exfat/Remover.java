package dev.tcplay.fs.exfat;

import dev.tcplay.fs.cluster.WriteOrder;
import dev.tcplay.fs.tree.TreeRemover;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes files and empty directories. Safe for any number of threads. */
final class Remover extends TreeRemover<ExFatDirectory, DirectoryEntry, ExFatNode> {

  private final TreeContext context;

  Remover(TreeContext context) {
    super(context.writer(), context.directories(), context.treeLock());
    this.context = context;
  }

  @Override
  protected void checkRemovable(ExFatDirectory parent, DirectoryEntry entry)
      throws AccessDeniedException {
    TreeContext.checkRemovable(parent, entry);
  }

  @Override
  protected void checkEmpty(ExFatDirectory directory) throws IOException {
    context.checkEmpty(directory);
  }

  @Override
  protected void free(DirectoryEntry entry, @Nullable ExFatDirectory directory) throws IOException {
    context.freeAdded(entry);
    context.writer().freeClusters().free(context.deleted(entry, directory));
  }

  @Override
  protected void remove(ExFatDirectory parent, List<DirectoryEntry> entries, boolean free)
      throws IOException {
    DirectoryIndex index = context.directories().index(parent);
    for (DirectoryEntry entry : entries) {
      try (Change change = context.writer().begin()) {
        EntryEditor editor = new EntryEditor(context, change, parent, index);
        int freed = editor.remove(entry, WriteOrder.ENTRIES_REMOVED, free);
        change.submit();
        editor.removed(entry, freed);
      }
    }
    context.leftovers().add(parent);
    context.directories().changed(parent, index);
  }
}
