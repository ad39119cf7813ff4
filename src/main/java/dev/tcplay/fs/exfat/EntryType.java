package dev.tcplay.fs.exfat;

/**
 * The first byte of a directory entry. Bit 7 says that the entry is in use, bit 6 that it belongs
 * to the primary one before it, bit 5 that who does not know it may pass it over.
 */
final class EntryType {

  /** Neither this entry nor any behind it was ever used. */
  static final int END = 0x00;

  static final int BITMAP = 0x81;
  static final int UPCASE = 0x82;
  static final int LABEL = 0x83;
  static final int FILE = 0x85;
  static final int STREAM = 0xC0;
  static final int NAME = 0xC1;

  /** The bit that is cleared when an entry is deleted. */
  static final int IN_USE = 0x80;

  private static final int SECONDARY = 0x40;
  private static final int BENIGN = 0x20;

  private EntryType() {}

  static boolean isInUse(int type) {
    return (type & IN_USE) != 0;
  }

  static boolean isSecondary(int type) {
    return isInUse(type) && (type & SECONDARY) != 0;
  }

  static boolean isBenign(int type) {
    return (type & BENIGN) != 0;
  }

  /** Returns whether nobody who does not know the type may interpret the directory. */
  static boolean isUnknownCriticalPrimary(int type) {
    return isInUse(type)
        && !isSecondary(type)
        && !isBenign(type)
        && type != BITMAP
        && type != UPCASE
        && type != LABEL
        && type != FILE;
  }
}
