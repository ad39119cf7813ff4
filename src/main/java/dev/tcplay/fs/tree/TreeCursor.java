package dev.tcplay.fs.tree;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.cluster.ListedSlots;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Lists a directory that may change meanwhile: every entry that is there from the first call to the
 * last is listed once, also if it gets another name meanwhile. Not safe for threads.
 */
final class TreeCursor<D extends TreeDirectory<D>, E extends TreeEntry> implements DirectoryCursor {

  private final TreeDirectories<D, E, ?, ?> directories;
  private final D directory;
  private final ListedSlots listed;
  private EntryScan.Source<E> entries;
  private EntryScan<E> scan;
  private int changes;

  /** The changes when the entries were looked up: the directory may have got more slots since. */
  private int entriesChanges;

  private @Nullable CorruptFileSystemException damage;

  TreeCursor(TreeDirectories<D, E, ?, ?> directories, D directory) {
    this.directories = directories;
    this.directory = directory;
    directory.lock().readLock().lock();
    try {
      this.listed = new ListedSlots(directory.lastRelocation());
      this.changes = directory.changes();
      this.entries = directories.entries(directory);
    } finally {
      directory.lock().readLock().unlock();
    }
    this.entriesChanges = changes;
    this.scan = entries.from(0);
  }

  @Override
  public @Nullable Entry next() throws IOException {
    if (damage != null) {
      throw damage;
    }
    directory.lock().readLock().lock();
    try {
      E entry = directory.isRemoved() ? null : nextEntry();
      if (entry == null) {
        return null;
      }
      return new Entry(entry.name(), directories.node(directory, entry, changes));
    } catch (CorruptFileSystemException e) {
      damage = e;
      throw e;
    } finally {
      directory.lock().readLock().unlock();
    }
  }

  private @Nullable E nextEntry() throws IOException {
    int now = directory.changes();
    if (changes != now) {
      // What was read ahead may be of the past, and the slot may lie amid an entry that is new.
      changes = now;
      listed.follow();
      scan = entries.from(listed.next());
    }
    E entry = nextInOrder();
    if (entry == null && entriesChanges != changes) {
      entriesChanges = changes;
      entries = directories.entries(directory);
      scan = entries.from(listed.next());
      entry = nextInOrder();
    }
    return entry == null ? nextOwed() : entry;
  }

  private @Nullable E nextInOrder() throws IOException {
    E entry;
    while ((entry = scan.next()) != null) {
      if (listed.pass(entry.firstSlot(), entry.slots())) {
        return entry;
      }
    }
    return null;
  }

  /** Returns one of the entries that came to where the listing had passed, null if none is left. */
  private @Nullable E nextOwed() throws IOException {
    E entry = null;
    while (entry == null && listed.hasOwed()) {
      // An entry that is not there any more was deleted since.
      entry = directories.index(directory).at(listed.owed());
      listed.looked();
    }
    return entry;
  }
}
