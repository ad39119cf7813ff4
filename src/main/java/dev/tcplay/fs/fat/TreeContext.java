package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.DosTime;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.UpcaseTable;
import dev.tcplay.fs.WindowsNameRules;
import dev.tcplay.fs.cluster.NodeIds;
import dev.tcplay.fs.cluster.OpenFiles;
import dev.tcplay.fs.cluster.WriteOrder;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What all changes of the tree of one volume use, and the steps that they share.
 *
 * @param device what everything is read from
 * @param table the table of clusters
 * @param writer by which everything is written
 * @param directories the directories
 * @param files the open files
 * @param ids the ids of nodes
 * @param names the rules for names
 * @param maker chooses the stored names of new entries
 * @param zone the zone of times on disk
 * @param codePage the character set of short names
 * @param treeLock held by who locks more than one directory, so that there is one at a time
 * @param leftovers the directories in which slots are still to be marked as deleted
 */
record TreeContext(
    BlockDevice device,
    FatTable table,
    FatWriter writer,
    Directories directories,
    OpenFiles<FatFile> files,
    NodeIds ids,
    NameRules names,
    NewName.Maker maker,
    ZoneId zone,
    Charset codePage,
    Lock treeLock,
    Leftovers leftovers) {

  /** Returns what changes of a volume need, with nothing remembered of earlier ones. */
  static TreeContext of(
      BlockDevice device, BootRegion region, MountOptions options, boolean readOnly)
      throws IOException {
    Geometry geometry = region.geometry();
    FatTable table = new FatTable(device, geometry);
    NameRules names = new WindowsNameRules(UpcaseTable.standard());
    NodeIds ids = new NodeIds();
    return new TreeContext(
        device,
        table,
        new FatWriter(device, region.boot(), geometry, table, readOnly),
        new Directories(device, geometry, table, names, options.codePage(), ids),
        new OpenFiles<>(ids),
        ids,
        names,
        new NewName.Maker(options.codePage()),
        options.zone(),
        options.codePage(),
        new ReentrantLock(),
        new Leftovers());
  }

  /** Returns a time as the entry of a file or directory that was changed then has it. */
  FileTime stored(FileTime time) {
    return DosTime.of(time, zone).withoutHundredths().in(zone);
  }

  boolean isFat32() {
    return writer.geometry().isFat32();
  }

  DosTime now() {
    return DosTime.of(FileTime.from(Instant.now()), zone);
  }

  /** Checks that a directory was not deleted; under its lock. */
  static void checkThere(FatDirectory directory) throws NoSuchFileException {
    if (directory.isRemoved()) {
      throw new NoSuchFileException(directory.path());
    }
  }

  /** Checks that an entry may be deleted or replaced. */
  static void checkRemovable(FatDirectory directory, DirectoryEntry entry)
      throws AccessDeniedException {
    if ((entry.flags() & SlotReader.READ_ONLY) != 0) {
      throw new AccessDeniedException(
          directory.path(entry.name()), null, "the read-only attribute is set");
    }
  }

  /** Checks that a directory has no entries; under its lock, held alone. */
  void checkEmpty(FatDirectory directory) throws IOException {
    checkThere(directory);
    DirectoryIndex index = directories.index(directory);
    index.checkWhole();
    if (directories.scan(index.slots()).next() != null) {
      throw new DirectoryNotEmptyException(directory.path());
    }
  }

  /** Begins to edit the entries of a directory. */
  EntryEditor edit(Change change, FatDirectory directory, DirectoryIndex index) {
    return new EntryEditor(change, writer.geometry(), directory, index);
  }

  /** Returns the short entry of an entry as it is on disk. */
  ShortEntry read(Change change, DirectoryEntry entry) throws IOException {
    return new ShortEntry(change.read(entry.position(), DirectorySlots.SLOT_BYTES), isFat32());
  }

  /** Lets a directory that moved know its new parent. */
  void writeParent(Change change, FatDirectory moved, FatDirectory parent) throws IOException {
    long position = directories.slots(moved).position(1);
    byte[] slot = change.read(position, DirectorySlots.SLOT_BYTES);
    if (ShortName.isDots(slot)) {
      byte[] dots = new ShortEntry(slot, isFat32()).firstCluster(dotsCluster(parent)).bytes();
      change.write(WriteOrder.ENTRIES_ADDED, position, dots, 0, dots.length);
    }
  }

  /** Returns by which number the entries of a directory call it: the root is 0 on every FAT. */
  int dotsCluster(FatDirectory directory) {
    return directory == directories.root() ? 0 : (int) directory.firstCluster();
  }

  /**
   * Takes note that an entry was deleted or replaced, which its batch now says.
   *
   * @param directory the directory that it was, entered and locked; null for a file
   * @return the chain to be freed, none if the file is open
   */
  Chain deleted(DirectoryEntry entry, @Nullable FatDirectory directory) throws IOException {
    long id = ids.at(entry.position());
    boolean isOpen = directory == null && files.unlink(id);
    ids.deleted(entry.position(), isOpen);
    if (directory != null) {
      directories.remove(directory);
    }
    return isOpen ? Chain.NONE : Chain.of(entry, writer.geometry());
  }

  /** Returns the directory of an entry that is a directory. */
  FatDirectory enter(FatDirectory parent, DirectoryEntry entry) throws IOException {
    return directories.enter(directories.node(parent, entry));
  }
}
