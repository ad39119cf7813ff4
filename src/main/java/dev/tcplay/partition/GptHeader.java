package dev.tcplay.partition;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A sound header of a GPT: where its entries are.
 *
 * @param sectorSize the bytes in a sector
 * @param alternate the sector of the other header, without sign
 * @param entries where the entries begin, in bytes
 * @param count how many there are
 * @param entrySize the bytes of each
 * @param entriesCrc the CRC-32 of all of them
 */
record GptHeader(
    int sectorSize, long alternate, long entries, int count, int entrySize, int entriesCrc) {

  private static final String SIGNATURE = "EFI PART";
  private static final int LEAST_SIZE = 92;
  private static final int LEAST_ENTRY = 128;
  private static final int MOST_ENTRY = 4096;

  /** All entries together. Usual are 16 KiB; what lies here costs time, not memory. */
  private static final int MOST_BYTES = 1 << 20;

  /** A header that is not sound; which says why. */
  static final class Unsound extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    Unsound(String reason) {
      super(reason);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  /** Returns whether a header's signature stands at a position. */
  static boolean isAt(BlockDevice disk, long position) throws IOException {
    if (position < 0 || position > disk.size() - SIGNATURE.length()) {
      return false;
    }
    byte[] signature = new byte[SIGNATURE.length()];
    disk.read(position, signature, 0, signature.length);
    return new String(signature, StandardCharsets.ISO_8859_1).equals(SIGNATURE);
  }

  /**
   * Reads the header in a sector.
   *
   * @throws Unsound if there is none that is sound
   * @throws IOException if the disk fails
   */
  static GptHeader read(BlockDevice disk, long sector, int sectorSize) throws IOException, Unsound {
    long sectors = disk.size() / sectorSize;
    check(sector > 0 && sector < sectors && isAt(disk, sector * sectorSize), "there is none");
    byte[] header = new byte[sectorSize];
    disk.read(sector * sectorSize, header, 0, sectorSize);
    ByteBuffer bytes = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    int size = bytes.getInt(12);
    check(size >= LEAST_SIZE && size <= sectorSize, "its size is wrong");
    int crc = bytes.getInt(16);
    bytes.putInt(16, 0);
    CRC32 sum = new CRC32();
    sum.update(header, 0, size);
    check((int) sum.getValue() == crc, "its checksum is wrong");
    check(bytes.getLong(24) == sector, "it was made for another sector");
    int count = bytes.getInt(80);
    int entrySize = bytes.getInt(84);
    check(
        entrySize >= LEAST_ENTRY && entrySize <= MOST_ENTRY && Integer.bitCount(entrySize) == 1,
        "the size of its entries is wrong");
    check(count > 0 && count <= MOST_BYTES / entrySize, "the number of its entries is wrong");
    long first = bytes.getLong(72);
    check(
        Long.compareUnsigned(first, sectors) < 0
            && disk.size() - first * sectorSize >= (long) count * entrySize,
        "its entries are not on the disk");
    return new GptHeader(
        sectorSize, bytes.getLong(32), first * sectorSize, count, entrySize, bytes.getInt(88));
  }

  private static void check(boolean sound, String otherwise) throws Unsound {
    if (!sound) {
      throw new Unsound(otherwise);
    }
  }
}
