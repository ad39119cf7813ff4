package dev.tcplay.fs.fat;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.DirectoryCursor;
import java.io.IOException;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
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
  private int next;
  private int changes;

  /** The changes when the slots were looked up: the directory may have got more since. */
  private int slotsChanges;

  /** The last relocation that this listing knows of. */
  private Relocation known;

  /** First slots before {@code next} to which entries came that are still to be listed. */
  private final NavigableSet<Integer> owed = new TreeSet<>();

  /** First slots from {@code next} on to which entries came that were listed. */
  private final Set<Integer> given = new HashSet<>();

  private @Nullable CorruptFileSystemException damage;

  FatCursor(Directories directories, FatDirectory directory) {
    this.directories = directories;
    this.directory = directory;
    directory.lock().readLock().lock();
    try {
      this.known = directory.lastRelocation();
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
      followRelocations();
      scanner = directories.scanFrom(slots, next);
    }
    DirectoryEntry entry = nextInOrder();
    if (entry == null && slotsChanges != changes) {
      slotsChanges = changes;
      slots = directories.slots(directory);
      scanner = directories.scanFrom(slots, next);
      entry = nextInOrder();
    }
    return entry == null ? nextOwed() : entry;
  }

  private @Nullable DirectoryEntry nextInOrder() throws IOException {
    DirectoryEntry entry;
    while ((entry = scanner.next()) != null) {
      if (entry.firstSlot() >= next) {
        next = entry.slot() + 1;
        if (!given.remove(entry.firstSlot())) {
          return entry;
        }
      }
    }
    return null;
  }

  private void followRelocations() {
    for (Relocation after = known.next(); after != null; after = after.next()) {
      known = after;
      boolean isListed =
          after.from() < next ? !owed.remove(after.from()) : given.remove(after.from());
      // What is known of the new slot is of an entry that was deleted.
      owed.remove(after.to());
      given.remove(after.to());
      if (isListed && after.to() >= next) {
        given.add(after.to());
      } else if (!isListed && after.to() < next) {
        owed.add(after.to());
      }
    }
  }

  /** Returns one of the entries that came to where the listing had passed, null if none is left. */
  private @Nullable DirectoryEntry nextOwed() throws IOException {
    DirectoryEntry entry = null;
    while (entry == null && !owed.isEmpty()) {
      // An entry that is not there any more was deleted since.
      entry = directories.index(directory).at(owed.first());
      owed.pollFirst();
    }
    return entry;
  }
}
