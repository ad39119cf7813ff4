package dev.tcplay.fs.exfat;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.tree.EntryScan;
import java.io.IOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Goes once through the files and directories of a directory. Entries of other kinds, and sets that
 * are damaged, are passed over. Not safe for threads.
 */
final class DirectoryScanner implements EntryScan<DirectoryEntry> {

  /** Told of what cannot be used. */
  interface Amiss {

    /** Takes the slot in which an entry set is damaged, and what is wrong with it. */
    void found(int slot, String reason);
  }

  private static final int AT_ONCE = 128;

  /** The slots of a name of up to 30 characters: few sets take more. */
  private static final int COMMON_SET = 4;

  private final DirectorySlots slots;
  private final SlotWindow window;
  private final @Nullable BitSet deleted;
  private final Amiss amiss;
  private int slot;

  private DirectoryScanner(
      DirectorySlots slots, int slot, int atOnce, @Nullable BitSet deleted, Amiss amiss) {
    this.slots = slots;
    this.window = new SlotWindow(slots, atOnce);
    this.slot = slot;
    this.deleted = deleted;
    this.amiss = amiss;
  }

  /** Starts with the first set whose File entry does not lie before a slot. */
  static DirectoryScanner from(DirectorySlots slots, int slot) {
    return new DirectoryScanner(slots, slot, AT_ONCE, null, (at, reason) -> {});
  }

  /** Starts with the first set, and collects the slots that a new one can take. */
  static DirectoryScanner of(DirectorySlots slots, BitSet deleted) {
    return new DirectoryScanner(slots, 0, AT_ONCE, deleted, (at, reason) -> {});
  }

  /** Starts with the first set, and tells of those that are damaged. */
  static DirectoryScanner of(DirectorySlots slots, Amiss amiss) {
    return new DirectoryScanner(slots, 0, AT_ONCE, null, amiss);
  }

  /** Returns the entry whose set begins with a slot, null if there is none now. */
  static @Nullable DirectoryEntry at(DirectorySlots slots, int firstSlot) throws IOException {
    DirectoryScanner scanner =
        new DirectoryScanner(slots, firstSlot, COMMON_SET, null, (at, reason) -> {});
    return scanner.window.type(firstSlot) == EntryType.FILE ? scanner.entry() : null;
  }

  /** Returns the next entry, null behind the last. */
  @Override
  public @Nullable DirectoryEntry next() throws IOException {
    while (true) {
      int type = window.type(slot);
      if (type < 0 || type == EntryType.END) {
        return null;
      }
      if (type == EntryType.FILE) {
        DirectoryEntry entry = entry();
        if (entry != null) {
          slot += entry.slots();
          return entry;
        }
      } else if (deleted != null && !EntryType.isInUse(type)) {
        deleted.set(slot);
      }
      slot++;
    }
  }

  /**
   * Returns the next entry whose name has a hash, null behind the last; other sets are not decoded.
   */
  @Nullable DirectoryEntry next(int nameHash) throws IOException {
    int type;
    while ((type = window.type(slot)) > EntryType.END) {
      boolean hasHash = type == EntryType.FILE && window.nameHash(slot + 1) == nameHash;
      DirectoryEntry entry = hasHash ? entry() : null;
      if (entry != null) {
        slot += entry.slots();
        return entry;
      }
      slot++;
    }
    return null;
  }

  @Override
  public int slot() {
    return slot;
  }

  @Override
  public long memory() {
    return slots.memory();
  }

  private @Nullable DirectoryEntry entry() throws IOException {
    int count = 1 + window.secondaryCount(slot);
    byte[] bytes = window.copy(slot, count);
    if (bytes == null) {
      amiss.found(slot, "SecondaryCount is " + (count - 1) + ", but the directory ends before");
      return null;
    }
    try {
      EntrySet set = EntrySet.parse(bytes);
      return new DirectoryEntry(set, set.name(), slot, slots.position(slot));
    } catch (CorruptFileSystemException e) {
      amiss.found(slot, e.getReason());
      return null;
    }
  }
}
