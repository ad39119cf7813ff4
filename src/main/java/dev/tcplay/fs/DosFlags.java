package dev.tcplay.fs;

/**
 * The DOS attributes of a node, by the bits in which FAT, exFAT and NTFS store them. Immutable.
 *
 * @param bits the bits; those without a constant here are kept and mean nothing
 */
public record DosFlags(int bits) {

  /** The bit of the attribute read-only. */
  public static final int READ_ONLY = 0x01;

  /** The bit of the attribute hidden. */
  public static final int HIDDEN = 0x02;

  /** The bit of the attribute system. */
  public static final int SYSTEM = 0x04;

  /** The bit of the attribute archive. */
  public static final int ARCHIVE = 0x20;

  /** No attribute. */
  public static final DosFlags NONE = new DosFlags(0);

  /** Returns the attribute read-only. */
  public boolean isReadOnly() {
    return has(READ_ONLY);
  }

  /** Returns the attribute hidden. */
  public boolean isHidden() {
    return has(HIDDEN);
  }

  /** Returns the attribute system. */
  public boolean isSystem() {
    return has(SYSTEM);
  }

  /** Returns the attribute archive. */
  public boolean isArchive() {
    return has(ARCHIVE);
  }

  private boolean has(int bit) {
    return (bits & bit) != 0;
  }
}
