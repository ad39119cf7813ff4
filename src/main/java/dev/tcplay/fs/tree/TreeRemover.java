package dev.tcplay.fs.tree;

import dev.tcplay.fs.cluster.ChangeGuard;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * Deletes files and empty directories. Safe for any number of threads.
 *
 * @param <D> the directories of the driver
 * @param <E> its entries
 * @param <N> its nodes
 */
public abstract class TreeRemover<
    D extends TreeDirectory<D>, E extends TreeEntry, N extends TreeNode<D, E>> {

  private final VolumeWriter<?> writer;
  private final TreeDirectories<D, E, N, ?> directories;
  private final Lock treeLock;

  /**
   * Makes what deletes.
   *
   * @param treeLock held by who locks more than one directory
   */
  protected TreeRemover(
      VolumeWriter<?> writer, TreeDirectories<D, E, N, ?> directories, Lock treeLock) {
    this.writer = writer;
    this.directories = directories;
    this.treeLock = treeLock;
  }

  /** Checks that an entry may be deleted. */
  protected abstract void checkRemovable(D parent, E entry) throws AccessDeniedException;

  /** Checks that a directory has no entries; under its lock, held alone. */
  protected abstract void checkEmpty(D directory) throws IOException;

  /**
   * Deletes entries of one directory, one by one, with its index read once.
   *
   * @param free whether they may be gone before what was changed earlier, as nothing else needs
   *     them
   */
  protected abstract void remove(D parent, List<E> entries, boolean free) throws IOException;

  /**
   * Frees what an entry had that was deleted, unless it is open.
   *
   * @param directory the directory that it was, null for a file
   */
  protected abstract void free(E entry, @Nullable D directory) throws IOException;

  /** Deletes a node, as {@link dev.tcplay.fs.MountedVolume#delete} says. */
  public final void delete(N node) throws IOException {
    writer.checkWritable();
    D parent = node.parent();
    if (parent == null) {
      throw new FileSystemException("/", null, "the root directory cannot be deleted");
    }
    ChangeGuard guard = writer.guard();
    if (node.isDirectory()) {
      D directory = directories.enter(node);
      guard.runUnder(
          () -> deleteDirectory(parent, node, directory),
          treeLock,
          parent.lock().writeLock(),
          directory.lock().writeLock());
    } else {
      guard.runUnder(() -> deleteFile(parent, node), parent.lock().writeLock());
    }
  }

  /**
   * Deletes names of what has another one: nothing is freed. Those of each directory go together,
   * so that the cost does not grow with their square.
   */
  public final void deleteNames(Collection<EntryName<D, E>> names) throws IOException {
    Map<D, List<E>> entries = new LinkedHashMap<>();
    for (EntryName<D, E> name : names) {
      entries.computeIfAbsent(name.directory(), first -> new ArrayList<>()).add(name.entry());
    }
    for (Map.Entry<D, List<E>> each : entries.entrySet()) {
      D directory = each.getKey();
      try {
        writer
            .guard()
            .runUnder(
                () -> remove(directory, each.getValue(), false), directory.lock().writeLock());
      } finally {
        // What enters the directory later makes an object of its own for it.
        directories.forget(directory);
      }
    }
  }

  private void deleteFile(D parent, N node) throws IOException {
    E entry = directories.current(node);
    checkRemovable(parent, entry);
    remove(parent, List.of(entry), true);
    free(entry, null);
  }

  private void deleteDirectory(D parent, N node, D directory) throws IOException {
    E entry = directories.current(node);
    checkRemovable(parent, entry);
    checkEmpty(directory);
    // Not before what was moved out of it is on disk where it is now.
    remove(parent, List.of(entry), false);
    free(entry, directory);
  }
}
