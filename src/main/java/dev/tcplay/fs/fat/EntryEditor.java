package dev.tcplay.fs.fat;

import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.NoSpaceException;
import dev.tcplay.fs.cluster.WriteOrder;
import dev.tcplay.fs.tree.Leaving;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts entries into the slots of one directory and takes them out, as a part of a change; the index
 * follows once the change is handed over. The caller holds the directory's lock alone. Used for one
 * change.
 *
 * <p>An entry in several sectors is written so that its short entry is never there without the
 * parts of its long name, which are harmless alone. Empty files behind all that was ever used need
 * no order: who does not find the first part takes the directory for ended, or finds an empty file.
 */
final class EntryEditor {

  private static final int SECTOR = 512;
  private static final int SLOT = DirectorySlots.SLOT_BYTES;
  private static final int MOST_GROWTH = 1 << 16;
  private static final byte DELETED = (byte) 0xE5;

  private final Change change;
  private final Geometry geometry;
  private final FatDirectory directory;
  private final DirectoryIndex index;

  /** Whether slots behind the end had to be made unused, which must be so before they are used. */
  private boolean hasEndedBehind;

  EntryEditor(Change change, Geometry geometry, FatDirectory directory, DirectoryIndex index) {
    this.change = change;
    this.geometry = geometry;
    this.directory = directory;
    this.index = index;
  }

  /**
   * Says which names come, before anything is written. If one of them is just leaving, the new
   * entry must not be on disk before the old one is gone: there would be two.
   */
  void returning(String name, String shortName, int count) throws IOException {
    Leaving old = directory.leaving(index.fold(name));
    Leaving oldShort = directory.leaving(index.fold(shortName));
    if (old != null || oldShort != null) {
      int first = index.free().find(count);
      long last = index.slots().position(first + count - 1);
      boolean inOneSector = last >= 0 && sector(first) == last / SECTOR;
      if (!inOneSector || !isGone(old, last / SECTOR) || !isGone(oldShort, last / SECTOR)) {
        change.afterEarlierOnes();
      }
    }
  }

  /** As {@link #returning}, of names that come to slots which are in use. */
  void returningInPlace(String name, String shortName) {
    if (directory.leaving(index.fold(name)) != null
        || directory.leaving(index.fold(shortName)) != null) {
      change.afterEarlierOnes();
    }
  }

  private static boolean isGone(@Nullable Leaving old, long sector) {
    return old == null || old.isGoneWith(sector);
  }

  /**
   * Finds slots for an entry; the directory grows if it must. Called before anything else of the
   * change takes clusters.
   *
   * @return the first slot
   * @throws NoSpaceException if the directory or the volume is full
   */
  int makeRoom(int count) throws IOException {
    index.checkWhole();
    int first = index.free().find(count);
    int end = first + count;
    if (end > DirectorySlots.MAX_SLOTS) {
      throw new NoSpaceException(
          "the directory is full: it has " + DirectorySlots.MAX_SLOTS + " slots");
    }
    DirectorySlots slots = index.slots();
    int capacity = slots.capacity();
    if (end > capacity && slots.isFixed()) {
      throw new NoSpaceException("the root directory is full: it has " + capacity + " slots");
    }
    if (end > index.free().end()) {
      endBehind(first, Math.min(end, capacity - 1));
    }
    if (end > capacity) {
      int needed = (end - capacity + slots.perCluster() - 1) / slots.perCluster();
      grow(slots, needed, Math.max(needed, step(capacity)));
    }
    return first;
  }

  /**
   * Returns by how many clusters a directory should grow: a quarter of what it has. New clusters
   * are zeroed before they are linked, which costs a flush where they share a page with entries, so
   * that growing by one at a time would be slow.
   */
  private int step(int capacity) {
    int most = Math.min(MOST_GROWTH, (DirectorySlots.MAX_SLOTS - capacity) * SLOT);
    return Math.min(capacity / 4 * SLOT, most) / geometry.clusterSize();
  }

  private void grow(DirectorySlots slots, int needed, int wanted) throws IOException {
    long last = slots.lastCluster();
    List<Extent> extents;
    try {
      // What is added to a directory may want a cluster of its own.
      extents = change.allocate(change.free() > wanted ? wanted : needed, last);
    } catch (NoSpaceException e) {
      extents = change.allocate(needed, last);
    }
    byte[] zeros = new byte[geometry.clusterSize()];
    for (Extent extent : extents) {
      for (int i = 0; i < extent.length(); i++) {
        long position = geometry.position(extent.cluster() + i);
        change.write(WriteOrder.DATA, position, zeros, 0, zeros.length);
      }
    }
    change.table().append(last, extents);
    slots.append(extents);
  }

  /**
   * Lets the directory end behind each sector of a new entry, whichever of them are written: the
   * slots there become such as were never used. They should be; C2 of the rules.
   */
  private void endBehind(int first, int end) throws IOException {
    for (int slot = first + 1; slot <= end; slot++) {
      if (slot == end || sector(slot) != sector(slot - 1)) {
        long position = index.slots().position(slot);
        if (change.read(position, 1)[0] != 0) {
          change.write(WriteOrder.DATA, position, new byte[1], 0, 1);
          hasEndedBehind = true;
        }
      }
    }
  }

  /**
   * Writes the slots of an entry.
   *
   * @param dependent whether it leads to what the same change, or an earlier one, allocates
   */
  void put(int first, byte[] set, boolean dependent) throws IOException {
    int end = first + set.length / SLOT;
    long shortSector = sector(end - 1);
    boolean isBehindAll = first >= index.free().end() && !dependent && !hasEndedBehind;
    boolean isUnordered = isBehindAll || sector(first) == shortSector;
    int slot = first;
    while (slot < end) {
      long sector = sector(slot);
      int piece = slot;
      while (slot < end && sector(slot) == sector) {
        slot++;
      }
      long position = index.slots().position(piece);
      int offset = (piece - first) * SLOT;
      int length = (slot - piece) * SLOT;
      boolean isShort = sector == shortSector;
      Group group = isShort || isUnordered ? WriteOrder.ENTRIES_ADDED : WriteOrder.ALLOCATIONS;
      boolean isOrdered = isShort && (dependent || !isUnordered);
      if (hasEndedBehind || isOrdered) {
        change.write(group, position, set, offset, length);
      } else {
        change.writeBy(group, position, set, offset, length);
      }
    }
  }

  /** Returns whether some slots and an entry lie in one sector, which is written as one. */
  boolean isWith(int first, int count, DirectoryEntry entry) throws IOException {
    return isOneSector(first, first + count - 1) && sector(first) == entry.position() / SECTOR;
  }

  /** Returns whether slots lie in one sector, which is written whole or not at all. */
  boolean isOneSector(int first, int last) throws IOException {
    return sector(first) == sector(last);
  }

  private long sector(int slot) throws IOException {
    return index.slots().position(slot) / SECTOR;
  }

  /**
   * Marks slots of an entry as deleted: all that lie in the sector of the short entry. Parts of the
   * long name before it are left to be marked later, when nothing depends on them.
   *
   * @param group in which the entry goes
   * @param free whether it may go sooner, as nothing comes in its place
   * @return the first slot that was marked
   */
  int remove(DirectoryEntry entry, Group group, boolean free) throws IOException {
    int first = entry.slot();
    while (first > entry.firstSlot() && sector(first - 1) == sector(entry.slot())) {
      first--;
    }
    mark(first, entry.slot() + 1 - first, group, free);
    leave(entry, first == entry.firstSlot() ? sector(first) : -1);
    return first;
  }

  /**
   * Remembers that the names of an entry may still be on the disk, in a sector or -1 for several.
   */
  private void leave(DirectoryEntry entry, long sector) {
    Leaving note = new Leaving(sector);
    leave(index.fold(entry.name()), note);
    leave(index.fold(entry.shortName()), note);
  }

  private void leave(String folded, Leaving note) {
    directory.leave(folded, note);
    change.whenCommitted(() -> directory.left(folded, note));
  }

  /**
   * Marks slots of one sector as deleted, in one write: a batch that is committed early may be cut
   * between two.
   */
  void mark(int first, int count, Group group, boolean free) throws IOException {
    long position = index.slots().position(first);
    byte[] slots = change.read(position, (count - 1) * SLOT + 1);
    for (int i = 0; i < slots.length; i += SLOT) {
      slots[i] = DELETED;
    }
    if (free) {
      change.writeBy(group, position, slots, 0, slots.length);
    } else {
      change.write(group, position, slots, 0, slots.length);
    }
  }

  /**
   * Writes an entry over the last slots of an old one in one sector, and clears those before, in
   * one write. A part of the old long name that was marked as deleted only would be taken for the
   * new name by some readers.
   */
  void putOver(DirectoryEntry old, int first, byte[] set) throws IOException {
    int firstOld = old.firstSlot();
    int cleared = (first - firstOld) * SLOT;
    byte[] slots = new byte[cleared + set.length];
    for (int i = 0; i < cleared; i += SLOT) {
      slots[i] = DELETED;
    }
    System.arraycopy(set, 0, slots, cleared, set.length);
    change.write(
        WriteOrder.ENTRIES_ADDED, index.slots().position(firstOld), slots, 0, slots.length);
    leave(old, sector(firstOld));
  }

  /** Lets the index forget an entry whose slots from {@code freed} on are marked as deleted. */
  void removed(DirectoryEntry entry, int freed) {
    index.removed(entry, freed);
    if (freed > entry.firstSlot()) {
      directory.addOrphans(entry.firstSlot(), freed - entry.firstSlot());
    }
    directory.changed();
  }

  /** Lets the index know a new entry. */
  void added(String name, String shortName, int first, int count) {
    index.added(name, shortName, first, count);
    directory.changed();
  }
}
