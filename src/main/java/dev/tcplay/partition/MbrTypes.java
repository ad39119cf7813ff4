package dev.tcplay.partition;

import java.util.Map;

/** The numbers that say in an MBR what a partition is for. */
final class MbrTypes {

  static final String EXTENDED = "extended";

  static final int PROTECTIVE = 0xEE;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(0x01, "FAT12"),
          Map.entry(0x04, "FAT16"),
          Map.entry(0x05, EXTENDED),
          Map.entry(0x06, "FAT16"),
          Map.entry(0x07, "NTFS or exFAT"),
          Map.entry(0x0B, "FAT32"),
          Map.entry(0x0C, "FAT32"),
          Map.entry(0x0E, "FAT16"),
          Map.entry(0x0F, EXTENDED),
          Map.entry(0x11, "hidden FAT12"),
          Map.entry(0x14, "hidden FAT16"),
          Map.entry(0x16, "hidden FAT16"),
          Map.entry(0x17, "hidden NTFS or exFAT"),
          Map.entry(0x1B, "hidden FAT32"),
          Map.entry(0x1C, "hidden FAT32"),
          Map.entry(0x1E, "hidden FAT16"),
          Map.entry(0x27, "Windows recovery"),
          Map.entry(0x42, "Windows dynamic disk"),
          Map.entry(0x82, "Linux swap"),
          Map.entry(0x83, "Linux"),
          Map.entry(0x85, EXTENDED),
          Map.entry(0x8E, "Linux LVM"),
          Map.entry(0xA5, "FreeBSD"),
          Map.entry(0xA6, "OpenBSD"),
          Map.entry(0xA9, "NetBSD"),
          Map.entry(0xAF, "Apple HFS"),
          Map.entry(0xBF, "Solaris"),
          Map.entry(0xDA, "no file system"),
          Map.entry(0xEF, "EFI system"),
          Map.entry(0xFD, "Linux RAID"));

  private MbrTypes() {}

  /** Returns the name and the number, such as {@code FAT32 (0x0c)}. */
  static String name(int type) {
    return "%s (0x%02x)".formatted(NAMES.getOrDefault(type, "unknown"), type);
  }

  /** Returns whether a partition only holds logical ones. */
  static boolean isExtended(int type) {
    return EXTENDED.equals(NAMES.get(type));
  }
}
