package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.DosFlags;
import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.cluster.NodeIds;
import dev.tcplay.fs.cluster.OpenFiles;
import dev.tcplay.fs.tree.EntryName;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * What all changes of the tree of one volume use, and the steps that they share.
 *
 * @param device what everything is read from
 * @param writer by which everything is written
 * @param directories the directories
 * @param files the open files
 * @param ids the ids of nodes
 * @param names the rules for names
 * @param zone the zone of times that are written, and of those without one
 * @param treeLock held by who locks more than one directory, so that there is one at a time
 * @param leftovers the directories in which slots are still to be marked as deleted
 */
record TreeContext(
    BlockDevice device,
    ExFatWriter writer,
    Directories directories,
    OpenFiles<ExFatFile> files,
    NodeIds ids,
    NameRules names,
    ZoneId zone,
    Lock treeLock,
    Leftovers leftovers) {

  Timestamp now() {
    return Timestamp.of(FileTime.from(Instant.now()), zone);
  }

  /** Returns a time as an entry has it. */
  FileTime stored(FileTime time) {
    return Timestamp.of(time, zone).in(zone);
  }

  /** Checks that a directory was not deleted; under its lock. */
  static void checkThere(ExFatDirectory directory) throws NoSuchFileException {
    if (directory.isRemoved()) {
      throw new NoSuchFileException(directory.path());
    }
  }

  /** Checks that an entry may be deleted or replaced. */
  static void checkRemovable(ExFatDirectory directory, DirectoryEntry entry)
      throws AccessDeniedException {
    if ((entry.set().attributes() & DosFlags.READ_ONLY) != 0) {
      throw new AccessDeniedException(
          directory.path(entry.name()), null, "the read-only attribute is set");
    }
  }

  /**
   * Checks that a directory has no entries, not even damaged ones, which somebody may want to be
   * mended; under its lock, held alone.
   */
  void checkEmpty(ExFatDirectory directory) throws IOException {
    checkThere(directory);
    DirectoryIndex index = directories.index(directory);
    index.checkWhole();
    AtomicBoolean isDamaged = new AtomicBoolean();
    DirectoryScanner.Amiss amiss = (slot, reason) -> isDamaged.set(true);
    if (DirectoryScanner.of(index.slots(), amiss).next() != null || isDamaged.get()) {
      throw new DirectoryNotEmptyException(directory.path());
    }
  }

  /** Begins to edit the entries of a directory. */
  EntryEditor edit(Change change, ExFatDirectory directory) throws IOException {
    return new EntryEditor(this, change, directory, directories.index(directory));
  }

  /**
   * Takes note that an entry was deleted or replaced, which its batch now says.
   *
   * @param directory the directory that it was, entered and locked; null for a file
   * @return what is to be freed, nothing if the file is open
   */
  Allocation deleted(DirectoryEntry entry, @Nullable ExFatDirectory directory) {
    long id = ids.at(entry.position());
    boolean isOpen = directory == null && files.unlink(id);
    ids.deleted(entry.position(), isOpen);
    if (directory != null) {
      directories.remove(directory);
    }
    return isOpen ? Allocation.NONE : entry.set().allocation();
  }

  /**
   * Frees the clusters of what others have added to a set that is gone, unless another name leads
   * to the same file. Nobody has them open.
   */
  void freeAdded(DirectoryEntry entry) {
    if (writer.shared().contains(entry.firstCluster())) {
      writer.keepDirty();
    } else {
      entry.set().added().forEach(writer.freeClusters()::free);
    }
  }

  /** Returns the directory of an entry that is a directory. */
  ExFatDirectory enter(ExFatDirectory parent, DirectoryEntry entry) throws IOException {
    return directories.enter(directories.node(parent, entry));
  }

  /**
   * Puts a set to another place in its directory, as it lies where it cannot be rewritten whole;
   * called without a lock. Does nothing if it is not there any more.
   */
  void relocate(ExFatDirectory directory, DirectoryEntry entry) throws IOException {
    new Mover(this).relocate(directory, entry);
  }

  /**
   * Makes a directory ready to grow: its own set must be such as can be rewritten. Putting that to
   * another place may let the directory above grow, which must be ready before; so it goes from the
   * top down, since trees may be deeper than a stack.
   */
  void prepare(ExFatDirectory directory) throws IOException {
    Deque<ExFatDirectory> way = new ArrayDeque<>();
    for (ExFatDirectory at = directory; at != null && straddlingSet(at) != null; at = at.parent()) {
      way.push(at);
    }
    for (ExFatDirectory at : way) {
      EntryName<ExFatDirectory, DirectoryEntry> own;
      while ((own = straddlingSet(at)) != null) {
        relocate(own.directory(), own.entry());
      }
    }
  }

  /** Returns a directory's own set if it cannot be rewritten where it lies, else null. */
  private @Nullable EntryName<ExFatDirectory, DirectoryEntry> straddlingSet(
      ExFatDirectory directory) throws IOException {
    while (true) {
      ExFatDirectory parent = directory.parent();
      if (parent == null || directory.isRemoved()) {
        return null;
      }
      parent.lock().readLock().lock();
      try {
        DirectoryEntry own = directories.index(parent).at(directory.ownSlot());
        if (parent == directory.parent()) {
          return own != null && DirectorySlots.straddles(own.position())
              ? new EntryName<>(parent, own)
              : null;
        }
      } finally {
        parent.lock().readLock().unlock();
      }
    }
  }
}
