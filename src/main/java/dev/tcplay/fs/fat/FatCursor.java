package dev.tcplay.fs.fat;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.DirectoryCursor;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Lists a directory that may change meanwhile: every entry that is there from the first call to the
 * last is listed once and under its name. Not safe for threads.
 */
final class FatCursor implements DirectoryCursor {

  private final Directories directories;
  private final FatDirectory directory;
  private final DirectorySlots slots;
  private DirectoryScanner scanner;
  private int next;
  private int changes;
  private boolean interrupted;
  private @Nullable CorruptFileSystemException damage;

  FatCursor(Directories directories, FatDirectory directory) {
    this.directories = directories;
    this.directory = directory;
    this.changes = directory.changes();
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
      next = entry.slot() + 1;
      return new Entry(entry.name(), directories.node(directory, entry, changes));
    } catch (ClosedByInterruptException e) {
      interrupted = true;
      throw e;
    } catch (CorruptFileSystemException e) {
      damage = e;
      throw e;
    } finally {
      directory.lock().readLock().unlock();
    }
  }

  private @Nullable DirectoryEntry nextEntry() throws IOException {
    int now = directory.changes();
    if (changes != now || interrupted) {
      // What was read ahead may be of the past, and the slot may lie amid an entry that is new.
      changes = now;
      interrupted = false;
      scanner = directories.scanFrom(slots, next);
    }
    DirectoryEntry entry;
    do {
      entry = scanner.next();
    } while (entry != null && entry.firstSlot() < next);
    return entry;
  }
}
