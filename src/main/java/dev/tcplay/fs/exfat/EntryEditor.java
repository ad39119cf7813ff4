package dev.tcplay.fs.exfat;

import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.cluster.NoSpaceException;
import dev.tcplay.fs.cluster.WriteOrder;
import dev.tcplay.fs.tree.Leaving;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Puts entry sets into the slots of one directory and takes them out, as a part of a change; the
 * index follows once the change is handed over. The caller holds the directory's lock alone. Used
 * for one change.
 *
 * <p>A set in one sector is written whole or not at all. Of a longer one the sector of the File
 * entry comes last and goes first: the others are harmless alone.
 */
final class EntryEditor {

  private static final int SECTOR = DirectorySlots.SECTOR;
  private static final int SLOT = DirectorySlots.SLOT_BYTES;

  /** The type of a slot that is passed over at the end of a sector: a deleted File. */
  private static final byte PASSED = EntryType.FILE & ~EntryType.IN_USE;

  private final TreeContext context;
  private final Change change;
  private final ExFatDirectory directory;
  private final DirectoryIndex index;

  /** Where the directory lies once the change is handed over, if it grows. */
  private @Nullable Allocation grown;

  EntryEditor(TreeContext context, Change change, ExFatDirectory directory, DirectoryIndex index) {
    this.context = context;
    this.change = change;
    this.directory = directory;
    this.index = index;
  }

  /**
   * Says which name comes, before anything is written. If it is just leaving, the new set must not
   * be on disk before the old one is gone: there would be two.
   *
   * @param first where the set is to begin
   */
  void returning(String name, int first, int count) throws IOException {
    Leaving old = directory.leaving(index.fold(name));
    if (old != null) {
      long position = index.slots().position(first);
      boolean inOneSector = position >= 0 && DirectorySlots.isInOneSector(first, count);
      if (!inOneSector || !old.isGoneWith(position / SECTOR)) {
        change.afterEarlierOnes();
      }
    }
  }

  /**
   * Finds slots for a set of a name; the directory grows if it must. Called before anything else of
   * the change is written.
   *
   * @return the first slot
   * @throws NoSpaceException if the directory or the volume is full
   */
  int makeRoom(String name, int count) throws IOException {
    index.checkWhole();
    int first = place(count);
    int end = first + count;
    if (end > DirectorySlots.MAX_SLOTS) {
      throw new NoSpaceException(
          "the directory is full: it has " + DirectorySlots.MAX_SLOTS + " slots");
    }
    returning(name, first, count);
    int capacity = index.slots().capacity();
    if (end > index.free().end()) {
      endBehind(index.free().end(), Math.min(end, capacity - 1));
    }
    if (end > capacity) {
      grown = new DirectoryGrowth(context, change, directory, index.slots()).growTo(end);
    }
    return first;
  }

  /**
   * Returns where a set begins. One of several sectors does not go over the old end of a directory
   * that has a length: its first sector might be on the disk before the length is.
   */
  private int place(int count) throws IOException {
    int first = index.free().find(count);
    int capacity = index.slots().capacity();
    boolean isHalfInside = first < capacity && first + count > capacity;
    return isHalfInside && directory.parent() != null ? capacity : first;
  }

  /**
   * Lets the directory end behind each sector of a new set, whichever of them are written: the
   * slots there become such as were never used, as they should be.
   */
  private void endBehind(int oldEnd, int end) throws IOException {
    for (int slot = oldEnd + 1; slot <= end; slot++) {
      if (slot == end || slot % DirectorySlots.IN_SECTOR == 0) {
        long position = index.slots().position(slot);
        if (change.read(position, 1)[0] != 0) {
          change.write(WriteOrder.DATA, position, new byte[1], 0, 1);
        }
      }
    }
  }

  /**
   * Writes the entries of a set.
   *
   * @param dependent whether they lead to what the same change, or an earlier one, allocates
   */
  void put(int first, byte[] set, boolean dependent) throws IOException {
    for (int slot = index.free().end(); slot < first; slot++) {
      byte[] passed = new byte[SLOT];
      passed[0] = PASSED;
      change.write(WriteOrder.ENTRIES_ADDED, index.slots().position(slot), passed, 0, SLOT);
    }
    int count = set.length / SLOT;
    if (DirectorySlots.isInOneSector(first, count)) {
      long position = index.slots().position(first);
      if (dependent) {
        change.write(WriteOrder.ENTRIES_ADDED, position, set, 0, set.length);
      } else {
        change.writeBy(WriteOrder.ENTRIES_ADDED, position, set, 0, set.length);
      }
      return;
    }
    for (int slot = first; slot < first + count; ) {
      int piece = inSector(slot, first + count);
      Group group = slot == first ? WriteOrder.ENTRIES_ADDED : WriteOrder.ALLOCATIONS;
      change.write(group, index.slots().position(slot), set, (slot - first) * SLOT, piece * SLOT);
      slot += piece;
    }
  }

  /** Returns how many slots from one on lie in its sector, up to an end. */
  private static int inSector(int slot, int end) {
    int next = slot - slot % DirectorySlots.IN_SECTOR + DirectorySlots.IN_SECTOR;
    return Math.min(next, end) - slot;
  }

  /** Writes a set over an old one that has as many slots or more, in one sector, as one write. */
  void putOver(DirectoryEntry old, byte[] set) throws IOException {
    byte[] slots = change.read(old.position(), old.slots() * SLOT);
    for (int i = 0; i < slots.length; i += SLOT) {
      slots[i] &= ~EntryType.IN_USE;
    }
    System.arraycopy(set, 0, slots, 0, set.length);
    change.write(WriteOrder.ENTRIES_ADDED, old.position(), slots, 0, slots.length);
    leave(old, old.position() / SECTOR);
  }

  /**
   * Marks the entries of a set as deleted: those in the sector of the File entry. The others are
   * left to be marked later.
   *
   * @param group in which the set goes
   * @param free whether it may go sooner, as nothing comes in its place
   * @return how many slots were marked
   */
  int remove(DirectoryEntry entry, Group group, boolean free) throws IOException {
    int count = inSector(entry.firstSlot(), entry.firstSlot() + entry.slots());
    mark(entry.firstSlot(), count, group, free);
    leave(entry, count == entry.slots() ? entry.position() / SECTOR : -1);
    return count;
  }

  /**
   * Remembers that the name of an entry may still be on the disk, in a sector or -1 for several.
   */
  private void leave(DirectoryEntry entry, long sector) {
    Leaving note = new Leaving(sector);
    String folded = index.fold(entry.name());
    directory.leave(folded, note);
    change.whenCommitted(() -> directory.left(folded, note));
  }

  /** Marks slots as deleted, those of each sector in one write. */
  void mark(int first, int count, Group group) throws IOException {
    for (int slot = first; slot < first + count; ) {
      int piece = inSector(slot, first + count);
      mark(slot, piece, group, false);
      slot += piece;
    }
  }

  private void mark(int first, int count, Group group, boolean free) throws IOException {
    long position = index.slots().position(first);
    byte[] slots = change.read(position, (count - 1) * SLOT + 1);
    for (int i = 0; i < slots.length; i += SLOT) {
      slots[i] &= ~EntryType.IN_USE;
    }
    if (free) {
      change.writeBy(group, position, slots, 0, slots.length);
    } else {
      change.write(group, position, slots, 0, slots.length);
    }
  }

  /** Lets the index forget an entry, of whose slots so many are marked as deleted. */
  void removed(DirectoryEntry entry, int freed) {
    index.removed(entry, freed);
    if (freed < entry.slots()) {
      directory.addOrphans(entry.firstSlot() + freed, entry.slots() - freed);
    }
    directory.changed();
  }

  /** Lets the index know a new entry. */
  void added(String name, int first, int count) {
    index.added(name, first);
    added(first, count);
  }

  /** Lets the index know of slots that are in use now. */
  void added(int first, int count) {
    if (grown != null) {
      directory.grown(grown);
    }
    index.free().take(first, count);
    directory.changed();
  }

  /** Returns the entry of a slot as it is on disk. */
  static DirectoryEntry require(@Nullable DirectoryEntry entry, ExFatDirectory directory)
      throws CorruptFileSystemException {
    if (entry == null) {
      throw new CorruptFileSystemException(directory.path(), "the entry set of a file is damaged");
    }
    return entry;
  }
}
