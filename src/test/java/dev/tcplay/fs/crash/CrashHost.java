package dev.tcplay.fs.crash;

import dev.tcplay.testing.CrashImage;

/** What a volume stands on in a crash test. */
public enum CrashHost {
  PLAIN,
  ENCRYPTED,

  /** A partition of a plain disk, at its 63rd sector, so that it begins inside a page. */
  PARTITION;

  private static final int START = 63 * CrashImage.SECTOR;
  private static final int REST = 5 * CrashImage.SECTOR;

  /** Returns where the volume begins, in bytes. */
  int start() {
    return this == PARTITION ? START : 0;
  }

  /** Returns the bytes of a host for a volume. */
  long size(long volume) {
    return this == PARTITION ? START + volume + REST : volume;
  }
}
