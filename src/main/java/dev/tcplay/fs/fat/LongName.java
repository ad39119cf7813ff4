package dev.tcplay.fs.fat;

import dev.tcplay.fs.WindowsNameRules;
import org.jspecify.annotations.Nullable;

/**
 * Puts a long name together from its slots, which stand before the short entry, last part first. A
 * set that is not whole is as if it were not there. Not safe for threads.
 */
final class LongName {

  /** UTF-16 units in one part. */
  static final int UNITS = 13;

  private static final int MAX_PARTS = 20;

  /** Marks the last part, which is the first on disk. */
  static final int LAST = 0x40;

  /** Where the units of a part stand in its slot. */
  static final int[] UNIT_OFFSETS = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};

  /** Where the cluster stands that a part has not. */
  static final int CLUSTER_OFFSET = 26;

  private char[] units = {};
  private int parts;
  private int missing;
  private int checksum;
  private int firstSlot;

  /** Forgets what was collected: the next slot begins something new. */
  void clear() {
    parts = 0;
  }

  /** Takes the current slot, which is one of a long name. */
  void add(SlotReader slot) {
    int ordinal = slot.u8(0);
    boolean lawful = slot.u8(12) == 0;
    int part = ordinal & ~LAST;
    if ((ordinal & LAST) != 0) {
      parts = lawful && part >= 1 && part <= MAX_PARTS ? part : 0;
      missing = parts;
      if (units.length < parts * UNITS) {
        units = new char[parts * UNITS];
      }
      checksum = slot.u8(13);
      firstSlot = slot.slot();
    } else if (!lawful || missing == 0 || part != missing || slot.u8(13) != checksum) {
      parts = 0;
    }
    if (parts > 0) {
      missing--;
      for (int i = 0; i < UNITS; i++) {
        units[missing * UNITS + i] = (char) slot.u16(UNIT_OFFSETS[i]);
      }
    }
  }

  /** Returns whether all slots were collected and belong to a short name. */
  boolean belongsTo(byte[] shortName) {
    return isWhole() && checksum == ShortName.checksum(shortName);
  }

  /** Returns whether all slots were collected. */
  boolean isWhole() {
    return parts > 0 && missing == 0;
  }

  /** Returns the slot that holds the last part, the first on disk. */
  int firstSlot() {
    return firstSlot;
  }

  /**
   * Returns the name, null if it is none that can be part of a path. A slash, which no system
   * writes, is replaced; every other unit is kept as it is, unpaired surrogates too.
   */
  @Nullable String text() {
    int length = 0;
    while (length < parts * UNITS && units[length] != 0) {
      length++;
    }
    String text = new String(units, 0, length).replace('/', ShortName.REPLACEMENT);
    boolean isPlace = text.isEmpty() || text.equals(".") || text.equals("..");
    return isPlace || length > WindowsNameRules.MAX_LENGTH ? null : text;
  }
}
