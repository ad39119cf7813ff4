package dev.tcplay.fs.fat;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.cluster.ListedSlots;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Lists a directory that may change meanwhile: every entry that is there from the first call to the
 * last is listed once, also if it gets another name meanwhile. Not safe for threads.
 */
final class FatCursor implements DirectoryCursor {

  private final Directories directories;
  private final FatDirectory directory;
  private DirectorySlots slots;
  private DirectoryScanner scanner;
  private int changes;

  /** The changes when the slots were looked up: the directory may have got more since. */
  private int slotsChanges;

  private final ListedSlots listed;
  private @Nullable CorruptFileSystemException damage;

  FatCursor(Directories directories, FatDirectory directory) {
    this.directories = directories;
    this.directory = directory;
    directory.lock().readLock().lock();
    try {
      this.listed = new ListedSlots(directory.lastRelocation());
      this.changes = directory.changes();
    } finally {
      directory.lock().readLock().unlock();
    }
    this.slotsChanges = changes;
    this.slots = directories.slots(directory);
    this.scanner = directories.scan(slots);
  }

  @Override
  public @Nullable Entry next() throws IOException {
    if (damage != null) {
      throw damage;
    }
    directory.lock().readLock().lock();
    try {
      DirectoryEntry entry = directory.isRemoved() ? null : nextEntry();
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

  private @Nullable DirectoryEntry nextEntry() throws IOException {
    int now = directory.changes();
    if (changes != now) {
      // What was read ahead may be of the past, and the slot may lie amid an entry that is new.
      changes = now;
      listed.follow();
      scanner = directories.scanFrom(slots, listed.next());
    }
    DirectoryEntry entry = nextInOrder();
    if (entry == null && slotsChanges != changes) {
      slotsChanges = changes;
      slots = directories.slots(directory);
      scanner = directories.scanFrom(slots, listed.next());
      entry = nextInOrder();
    }
    return entry == null ? nextOwed() : entry;
  }

  private @Nullable DirectoryEntry nextInOrder() throws IOException {
    DirectoryEntry entry;
    while ((entry = scanner.next()) != null) {
      if (listed.pass(entry.firstSlot(), entry.slot() + 1 - entry.firstSlot())) {
        return entry;
      }
    }
    return null;
  }

  /** Returns one of the entries that came to where the listing had passed, null if none is left. */
  private @Nullable DirectoryEntry nextOwed() throws IOException {
    DirectoryEntry entry = null;
    while (entry == null && listed.hasOwed()) {
      // An entry that is not there any more was deleted since.
      entry = directories.index(directory).at(listed.owed());
      listed.looked();
    }
    return entry;
  }
}
