package dev.tcplay.contract;

import java.util.EnumSet;
import java.util.Set;

/** A file system that cases run on, and the column of the table that says what comes of it. */
enum Kind {
  /** The judge: the default file system, or jimfs with the rules of Windows. */
  JUDGE,
  FAT,
  EXFAT,
  /** The driver that has links, owners and permissions, and is opened by no URI. */
  TOY;

  /** All four, the default file system as the judge. */
  static final Set<Kind> ALL = EnumSet.allOf(Kind.class);

  static final Set<Kind> OURS = EnumSet.of(FAT, EXFAT, TOY);

  /** Those that are opened by the URI of an image. */
  static final Set<Kind> OPENED = EnumSet.of(FAT, EXFAT);

  /** Those whose names differ by more than case. */
  static final Set<Kind> CASELESS = EnumSet.of(JUDGE, FAT, EXFAT);
}
