package dev.tcplay.fs.fat;

/**
 * The three widths of a table entry, and what the values of an entry mean in each. Values are given
 * masked: without the four upper bits that a FAT32 entry keeps for others.
 */
enum FatType {
  FAT12(12, 0xFFF),
  FAT16(16, 0xFFFF),
  FAT32(32, 0x0FFF_FFFF);

  /** An entry of a cluster that is in no chain. */
  static final int FREE = 0;

  /** What a host writes as one, whatever the volume calls a sector. */
  private static final int SECTOR_BYTES = 512;

  private final int bits;
  private final int mask;

  FatType(int bits, int mask) {
    this.bits = bits;
    this.mask = mask;
  }

  /** Returns the bits that an entry takes in the table. */
  int bits() {
    return bits;
  }

  /** Returns the value that ends a chain, as it is written; see {@link #isEnd} for reading. */
  int end() {
    return mask;
  }

  /** Returns the value that marks a cluster as bad. */
  int bad() {
    return mask - 8;
  }

  /** Returns whether a value ends a chain. */
  boolean isEnd(int value) {
    return value > bad();
  }

  /** Returns the byte of the table in which an entry begins. */
  long position(long entry) {
    return (entry * bits) >> 3;
  }

  /** Returns the bytes that an entry touches: a FAT12 entry has three nibbles of two bytes. */
  int width() {
    return this == FAT32 ? 4 : 2;
  }

  /** Returns the value of an entry whose bytes begin at {@code offset}. */
  int get(byte[] table, int offset, int entry) {
    return switch (this) {
      case FAT12 -> (entry & 1) == 0 ? u16(table, offset) & mask : u16(table, offset) >> 4;
      case FAT16 -> u16(table, offset);
      case FAT32 -> (u16(table, offset + 2) << 16 | u16(table, offset)) & mask;
    };
  }

  /**
   * Changes the value of an entry whose bytes begin at {@code offset}. The bits beside it are kept:
   * the neighbour's nibble in FAT12, the upper four in FAT32.
   */
  void put(byte[] table, int offset, int entry, int value) {
    switch (this) {
      case FAT12 -> {
        int old = u16(table, offset);
        boolean isEven = (entry & 1) == 0;
        putU16(table, offset, isEven ? (old & ~mask) | value : (old & 0xF) | value << 4);
      }
      case FAT16 -> putU16(table, offset, value);
      case FAT32 -> {
        putU16(table, offset, value);
        putU16(table, offset + 2, (u16(table, offset + 2) & 0xF000) | value >>> 16);
      }
    }
  }

  /**
   * Returns whether an entry lies in two sectors, one of which may reach the host without the
   * other.
   */
  boolean straddles(long entry) {
    return position(entry) % SECTOR_BYTES > SECTOR_BYTES - width();
  }

  private static void putU16(byte[] table, int offset, int value) {
    table[offset] = (byte) value;
    table[offset + 1] = (byte) (value >>> 8);
  }

  private static int u16(byte[] table, int offset) {
    return (table[offset] & 0xFF) | (table[offset + 1] & 0xFF) << 8;
  }
}
