package dev.tcplay.fs.exfat;

import dev.tcplay.fs.cluster.WriteOrder;
import dev.tcplay.fs.tree.TreeDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The directories in which entries of deleted sets are left in other sectors than their File
 * entries, since they must not go first. They are marked as deleted together and seldom. Safe for
 * any number of threads.
 */
final class Leftovers {

  private final Set<ExFatDirectory> directories = ConcurrentHashMap.newKeySet();

  /** Takes note of a directory that may have orphaned slots; under its lock. */
  void add(ExFatDirectory directory) {
    if (directory.hasOrphans()) {
      directories.add(directory);
    }
  }

  /** Marks what was left as deleted; the slots can be used again then. */
  void clear(TreeContext context) throws IOException {
    for (ExFatDirectory directory : List.copyOf(directories)) {
      context
          .writer()
          .guard()
          .runUnder(() -> clear(context, directory), directory.lock().writeLock());
    }
  }

  private void clear(TreeContext context, ExFatDirectory directory) throws IOException {
    List<TreeDirectory.Parts> parts = directory.orphans();
    if (!directory.isRemoved() && !parts.isEmpty()) {
      try (Change change = context.writer().begin()) {
        EntryEditor editor = context.edit(change, directory);
        for (TreeDirectory.Parts part : parts) {
          editor.mark(part.first(), part.count(), WriteOrder.FREES);
        }
        change.submit();
      }
      FreeSlots free = context.directories().index(directory).free();
      parts.forEach(part -> free.free(part.first(), part.count()));
      directory.changed();
    }
    directory.clearOrphans();
    directories.remove(directory);
  }
}
