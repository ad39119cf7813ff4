package dev.tcplay.fs.exfat;

import dev.tcplay.fs.CorruptFileSystemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The entries of the root directory that are about the volume itself: its bitmaps, its up-case
 * table and its label.
 */
final class RootEntries {

  /** The flag of a bitmap that it is the second one. */
  private static final int SECOND = 1;

  private static final long MOST_U32 = 0xFFFF_FFFFL;

  /**
   * An entry that leads to a system file.
   *
   * @param firstCluster where it begins
   * @param length its bytes, as stored
   * @param word the number behind the type: flags of a bitmap, checksum of a table
   */
  record SystemFile(long firstCluster, long length, int word) {}

  private final List<SystemFile> bitmaps = new ArrayList<>();
  private @Nullable SystemFile upcase;
  private int labelSlot = -1;
  private @Nullable String damage;

  private RootEntries() {}

  /**
   * Reads the entries, of the whole root directory or up to where its chain is damaged.
   *
   * @throws CorruptFileSystemException if one is missing, there twice, or must be known
   */
  static RootEntries read(DirectorySlots slots) throws IOException {
    RootEntries entries = new RootEntries();
    SlotWindow window = new SlotWindow(slots, 128);
    int type;
    for (int slot = 0; (type = entries.type(window, slot)) > EntryType.END; slot++) {
      if (EntryType.isUnknownCriticalPrimary(type)) {
        throw corrupt("entry %d is of the unknown critical type %02X".formatted(slot, type));
      }
      if (type == EntryType.BITMAP || type == EntryType.UPCASE) {
        entries.add(type, Objects.requireNonNull(window.copy(slot, 1)));
      } else if (type == EntryType.LABEL && entries.labelSlot < 0) {
        entries.labelSlot = slot;
      }
    }
    return entries;
  }

  private int type(SlotWindow window, int slot) throws IOException {
    try {
      return window.type(slot);
    } catch (CorruptFileSystemException e) {
      damage = e.getReason();
      return EntryType.END;
    }
  }

  private void add(int type, byte[] entry) throws CorruptFileSystemException {
    ByteBuffer fields = ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN);
    long first = fields.getInt(20) & MOST_U32;
    long length = fields.getLong(24);
    if (type == EntryType.BITMAP) {
      bitmaps.add(new SystemFile(first, length, entry[1]));
    } else if (upcase != null) {
      throw corrupt("there are two up-case tables");
    } else {
      upcase = new SystemFile(first, length, fields.getInt(4));
    }
  }

  /** Returns the first cluster of the live allocation bitmap. */
  long bitmap(BootSector boot, Geometry geometry) throws CorruptFileSystemException {
    boolean wantsSecond = boot.numberOfFats() == 2 && boot.has(BootSector.ACTIVE_FAT);
    SystemFile found = null;
    for (SystemFile bitmap : bitmaps) {
      if (((bitmap.word() & SECOND) != 0) == wantsSecond) {
        if (found != null) {
          throw corrupt("there are two allocation bitmaps of one number");
        }
        found = bitmap;
      }
    }
    if (found == null) {
      throw corrupt("there is no allocation bitmap");
    }
    if (!geometry.isCluster(found.firstCluster())) {
      throw corrupt("FirstCluster of the allocation bitmap is " + found.firstCluster());
    }
    if (Long.compareUnsigned(found.length(), geometry.bitmapBytes()) < 0) {
      throw corrupt(
          "DataLength of the allocation bitmap is %d, too little for %d clusters"
              .formatted(found.length(), geometry.clusters()));
    }
    return found.firstCluster();
  }

  /** Returns all files that are the volume's own. */
  List<SystemFile> files() {
    List<SystemFile> files = new ArrayList<>(bitmaps);
    if (upcase != null) {
      files.add(upcase);
    }
    return files;
  }

  boolean hasUpcase() {
    return upcase != null;
  }

  /**
   * Returns the up-case table.
   *
   * @throws CorruptFileSystemException if there is none
   */
  SystemFile upcase() throws CorruptFileSystemException {
    SystemFile table = upcase;
    if (table == null) {
      throw corrupt("there is no up-case table");
    }
    return table;
  }

  /** Returns what is wrong with the chain of the root directory, null if nothing is. */
  @Nullable String damage() {
    return damage;
  }

  /** Returns all allocation bitmaps; a TexFAT volume has two. */
  List<SystemFile> bitmaps() {
    return bitmaps;
  }

  /** Returns the slot of the label's entry, -1 if there is none. */
  int labelSlot() {
    return labelSlot;
  }

  private static CorruptFileSystemException corrupt(String reason) {
    return new CorruptFileSystemException("/", "exFAT root directory: " + reason);
  }
}
