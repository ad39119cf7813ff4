package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The fields of a boot sector, as they stand on disk. Immutable.
 *
 * <p>Names and places are those of Microsoft's FAT specification (fatgen103): the common part up to
 * byte 36, then one of two continuations. Whether the numbers make a volume is judged by {@link
 * Geometry}.
 */
final class BootSector {

  /** Bytes of the sector that hold fields, however large the sector is. */
  static final int BYTES = 512;

  static final int EXTENSION_FAT16 = 36;
  static final int EXTENSION_FAT32 = 64;

  private final ByteBuffer sector;

  BootSector(byte[] bytes) {
    this.sector = ByteBuffer.wrap(bytes.clone(), 0, BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  static BootSector read(BlockDevice device, long position) throws IOException {
    byte[] bytes = new byte[BYTES];
    device.read(position, bytes, 0, BYTES);
    return new BootSector(bytes);
  }

  /** Returns whether the sector begins with a jump over its fields. */
  boolean hasJump() {
    return (u8(0) == 0xEB && u8(2) == 0x90) || u8(0) == 0xE9;
  }

  /** Returns whether the sector ends as a boot sector must, at byte 510 whatever its size. */
  boolean hasSignature() {
    return u16(510) == 0xAA55;
  }

  /** Returns whether one of the informative strings calls the volume FAT. */
  boolean hasTypeString() {
    String fat16 = text(54, 8);
    return fat16.equals("FAT12   ")
        || fat16.equals("FAT16   ")
        || fat16.equals("FAT     ")
        || text(82, 8).equals("FAT32   ");
  }

  /** Returns the name of the system that formatted the volume. */
  String oemName() {
    return text(3, 8);
  }

  boolean isBlank() {
    for (int i = 0; i < BYTES; i++) {
      if (sector.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  int bytesPerSector() {
    return u16(11);
  }

  /** Up to 128, which has the sign bit set. */
  int sectorsPerCluster() {
    return u8(13);
  }

  int reservedSectors() {
    return u16(14);
  }

  int fats() {
    return u8(16);
  }

  int rootEntries() {
    return u16(17);
  }

  int media() {
    return u8(21);
  }

  /** Returns the sectors of the volume; the small field wins if it is set. */
  long totalSectors() {
    return u16(19) != 0 ? u16(19) : u32(32);
  }

  /** Returns the same sector with another total, in the small field only if that was in use. */
  BootSector withTotalSectors(long sectors) {
    boolean small = !isFat32() && u16(19) != 0 && sectors <= 0xFFFF;
    BootSector other = new BootSector(sector.array());
    other.sector.putShort(19, (short) (small ? sectors : 0));
    other.sector.putInt(32, (int) (small ? 0 : sectors));
    return other;
  }

  /** Returns a copy of the sector's bytes that hold fields. */
  byte[] bytes() {
    return sector.array().clone();
  }

  /** The volume is FAT32 if and only if it leaves the small field for sectors per FAT empty. */
  boolean isFat32() {
    return u16(22) == 0;
  }

  long sectorsPerFat() {
    return isFat32() ? u32(36) : u16(22);
  }

  /** Returns the flags that say which FAT is live; FAT32 only. */
  int extendedFlags() {
    return u16(40);
  }

  int version() {
    return u16(42);
  }

  long rootCluster() {
    return u32(44);
  }

  int backupSector() {
    return u16(50);
  }

  /** Returns the sector with free count and next free cluster; FAT32 only. */
  int fsInfoSector() {
    return u16(48);
  }

  /** Returns whether all tables are kept alike, so that any of them may be read. */
  boolean isMirrored() {
    return !isFat32() || (extendedFlags() & 0x80) == 0;
  }

  /** Returns the state: bit 0 says that the volume is in use, bit 1 that its medium has errors. */
  int state() {
    return u8(extension() + 1);
  }

  /** Returns where in the sector the state stands. */
  int statePosition() {
    return extension() + 1;
  }

  /** Returns where in the sector the copy of the label stands. */
  int labelPosition() {
    return extension() + 7;
  }

  /** Returns the copy of the label as it is, with its padding. */
  String label() {
    return text(extension() + 7, ShortName.BYTES);
  }

  /** Returns whether another sector has the same fields, the state aside. */
  boolean isCopyOf(BootSector other) {
    byte[] bytes = sector.array().clone();
    bytes[extension() + 1] = other.sector.get(extension() + 1);
    return Arrays.equals(bytes, 0, BYTES, other.sector.array(), 0, BYTES);
  }

  /** Returns whether the serial number is there. */
  boolean hasSerial() {
    int signature = u8(extension() + 2);
    return signature == 0x28 || signature == 0x29;
  }

  int serial() {
    return sector.getInt(extension() + 3);
  }

  /**
   * Returns whether the fields agree with each other as formatters leave them, though nobody asks
   * for it: one total, whole sectors of root directory and none on FAT32, and the mark of the
   * serial.
   */
  boolean isCustomary() {
    return (u16(19) == 0 || u32(32) == 0)
        && (isFat32() ? rootEntries() == 0 : rootEntries() % 16 == 0)
        && hasSerial();
  }

  private int extension() {
    return isFat32() ? EXTENSION_FAT32 : EXTENSION_FAT16;
  }

  /**
   * Returns what is wrong with the fields that every FAT volume has, one sentence for each; empty
   * if each of the seven is lawful by itself.
   */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    if (!isPowerOfTwo(bytesPerSector(), 512, 4096)) {
      faults.add("bytes per sector are " + bytesPerSector() + ", not 512, 1024, 2048 or 4096");
    }
    if (!isPowerOfTwo(sectorsPerCluster(), 1, 128)) {
      faults.add("sectors per cluster are " + sectorsPerCluster() + ", not a power of two to 128");
    }
    if (reservedSectors() == 0) {
      faults.add("reserved sectors are 0");
    }
    if (fats() == 0) {
      faults.add("number of FATs is 0");
    }
    if (media() != 0xF0 && media() < 0xF8) {
      faults.add(String.format("media byte is %02X, not F0 or F8 to FF", media()));
    }
    // A FAT16 sector that lost the field must not be read as one of FAT32, which has zeros at 54.
    if (sectorsPerFat() == 0 || (isFat32() && text(54, 4).equals("FAT1"))) {
      faults.add("sectors per FAT are 0");
    }
    if (totalSectors() == 0) {
      faults.add("total sectors are 0");
    }
    return faults;
  }

  private static boolean isPowerOfTwo(int value, int least, int most) {
    return Integer.bitCount(value) == 1 && value >= least && value <= most;
  }

  private int u8(int offset) {
    return sector.get(offset) & 0xFF;
  }

  private int u16(int offset) {
    return sector.getShort(offset) & 0xFFFF;
  }

  private long u32(int offset) {
    return sector.getInt(offset) & 0xFFFF_FFFFL;
  }

  private String text(int offset, int length) {
    return new String(sector.array(), offset, length, StandardCharsets.ISO_8859_1);
  }
}
