package dev.tcplay.fs.fat;

import dev.tcplay.fs.DosTime;
import dev.tcplay.fs.tree.EntryScan;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Goes once through the entries of a directory. Labels, dots, deleted slots and parts of long names
 * that belong to nothing are passed over. Not safe for threads.
 */
final class DirectoryScanner implements EntryScan<DirectoryEntry> {

  /** The most slots that one entry takes: twenty parts of a long name and the short entry. */
  static final int MAX_ENTRY_SLOTS = 21;

  /** The slots of a name of up to 39 characters: few entries take more. */
  private static final int COMMON_ENTRY_SLOTS = 4;

  private final DirectorySlots slots;
  private final SlotReader reader;
  private final LongName longName = new LongName();
  private final boolean fat32;
  private final Charset codePage;
  private final @Nullable BitSet deleted;

  /** A short entry behind parts of a long name that belong to nothing could seem to own them. */
  private boolean isBehindLongName;

  private DirectoryScanner(
      DirectorySlots slots,
      SlotReader reader,
      boolean fat32,
      Charset codePage,
      @Nullable BitSet deleted) {
    this.slots = slots;
    this.reader = reader;
    this.fat32 = fat32;
    this.codePage = codePage;
    this.deleted = deleted;
  }

  /**
   * Starts before the first entry.
   *
   * @param fat32 whether entries have the upper half of a cluster number; the bytes mean other
   *     things on FAT12 and FAT16
   * @param codePage the character set of short names
   */
  static DirectoryScanner of(DirectorySlots slots, boolean fat32, Charset codePage) {
    return new DirectoryScanner(slots, new SlotReader(slots), fat32, codePage, null);
  }

  /**
   * As {@link #of(DirectorySlots, boolean, Charset)}; collects the slots that a new entry can take.
   */
  static DirectoryScanner of(
      DirectorySlots slots, boolean fat32, Charset codePage, BitSet deleted) {
    return new DirectoryScanner(slots, new SlotReader(slots), fat32, codePage, deleted);
  }

  /**
   * Starts so far before a slot that the next entry is not one that began before it, unless that
   * has come there since the slot was the first of an entry.
   */
  static DirectoryScanner from(DirectorySlots slots, int slot, boolean fat32, Charset codePage) {
    int start = Math.max(0, slot - MAX_ENTRY_SLOTS);
    SlotReader reader = new SlotReader(slots, start, SlotReader.AT_ONCE);
    return new DirectoryScanner(slots, reader, fat32, codePage, null);
  }

  /** Returns the entry whose first slot is given, null if there is none now. */
  static @Nullable DirectoryEntry at(
      DirectorySlots slots, int firstSlot, boolean fat32, Charset codePage) throws IOException {
    SlotReader reader = new SlotReader(slots, firstSlot, COMMON_ENTRY_SLOTS);
    DirectoryScanner scanner = new DirectoryScanner(slots, reader, fat32, codePage, null);
    DirectoryEntry entry = scanner.next(firstSlot + MAX_ENTRY_SLOTS);
    return entry != null && entry.firstSlot() == firstSlot ? entry : null;
  }

  /** Returns the next entry, null behind the last. */
  @Override
  public @Nullable DirectoryEntry next() throws IOException {
    return next(Integer.MAX_VALUE);
  }

  /** Returns the next entry whose slots end before a slot, null if there is none. */
  private @Nullable DirectoryEntry next(int end) throws IOException {
    longName.clear();
    isBehindLongName = false;
    while (reader.slot() + 1 < end && reader.advance()) {
      if (reader.isDeleted()) {
        if (deleted != null && !isBehindLongName) {
          deleted.set(reader.slot());
        }
        longName.clear();
        isBehindLongName = false;
      } else if (reader.isLongName()) {
        longName.add(reader);
        isBehindLongName = true;
      } else if (reader.isLabel() || isDots()) {
        longName.clear();
        isBehindLongName = false;
      } else {
        return entry();
      }
    }
    return null;
  }

  @Override
  public int slot() {
    return reader.slot();
  }

  @Override
  public long memory() {
    return slots.memory();
  }

  private boolean isDots() {
    return (reader.attributes() & SlotReader.DIRECTORY) != 0
        && ShortName.isDots(reader.shortName());
  }

  private DirectoryEntry entry() throws IOException {
    byte[] raw = reader.shortName();
    boolean isLong = longName.belongsTo(raw);
    String name = isLong ? longName.text() : null;
    String shortName = ShortName.decode(raw, 0, codePage);
    return new DirectoryEntry(
        name != null ? name : ShortName.decode(raw, reader.u8(12), codePage),
        shortName,
        reader.attributes(),
        (fat32 ? (long) reader.u16(20) << 16 : 0) | reader.u16(26),
        reader.u32(28),
        new DosTime(reader.u16(16), reader.u16(14), reader.u8(13)),
        new DosTime(reader.u16(24), reader.u16(22), 0),
        new DosTime(reader.u16(18), 0, 0),
        isLong ? longName.firstSlot() : reader.slot(),
        reader.slot(),
        slots.position(reader.slot()));
  }
}
