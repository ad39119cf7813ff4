package dev.tcplay.fs.fat;

import dev.tcplay.fs.cluster.WriteOrder;
import dev.tcplay.fs.tree.TreeDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The directories in which parts of deleted long names are left, since they must not go before
 * their short entries. They are marked as deleted together and seldom. Safe for any number of
 * threads.
 */
final class Leftovers {

  private final Set<FatDirectory> directories = ConcurrentHashMap.newKeySet();

  /** Takes note of a directory that may have orphaned slots. */
  void add(FatDirectory directory) {
    if (directory.hasOrphans()) {
      directories.add(directory);
    }
  }

  /** Marks what was left as deleted; the slots can be used again then. */
  void clear(TreeContext context) throws IOException {
    for (FatDirectory directory : List.copyOf(directories)) {
      context
          .writer()
          .guard()
          .runUnder(() -> clear(context, directory), directory.lock().writeLock());
    }
  }

  private void clear(TreeContext context, FatDirectory directory) throws IOException {
    List<TreeDirectory.Parts> parts = directory.orphans();
    if (!directory.isRemoved() && !parts.isEmpty()) {
      mark(context, directory, parts);
    }
    directory.clearOrphans();
    directories.remove(directory);
  }

  private static void mark(
      TreeContext context, FatDirectory directory, List<TreeDirectory.Parts> parts)
      throws IOException {
    DirectoryIndex index = context.directories().index(directory);
    try (Change change = context.writer().begin()) {
      EntryEditor editor = context.edit(change, directory, index);
      for (TreeDirectory.Parts part : parts) {
        for (int slot = part.first(); slot < part.first() + part.count(); slot++) {
          editor.mark(slot, 1, WriteOrder.FREES, false);
        }
      }
      change.submit();
    }
    // The slot behind the parts has waited for them.
    for (TreeDirectory.Parts part : parts) {
      index.free().free(part.first(), part.count() + 1);
    }
    directory.changed();
  }
}
