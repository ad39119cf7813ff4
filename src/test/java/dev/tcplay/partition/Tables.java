package dev.tcplay.partition;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/** Sound tables, written by rules of the test's own into the bytes of a disk. */
final class Tables {

  private static final int SECTOR = 512;
  private static final int ENTRIES = 128;
  private static final int ENTRY = 128;

  private Tables() {}

  /**
   * A partition to write.
   *
   * @param type its number in an MBR
   * @param first its first sector
   * @param sectors how many it has
   */
  record Part(int type, long first, long sectors) {}

  private static ByteBuffer bytes(byte[] disk) {
    return ByteBuffer.wrap(disk).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes an MBR, or at another sector the table of an extended partition. */
  static void mbr(byte[] disk, long sector, List<Part> parts) {
    int at = Math.toIntExact(sector * SECTOR);
    bytes(disk).putShort(at + 510, (short) 0xAA55);
    for (int i = 0; i < parts.size(); i++) {
      ByteBuffer entry = bytes(disk).position(at + 446 + 16 * i).slice();
      entry.order(ByteOrder.LITTLE_ENDIAN).put(4, (byte) parts.get(i).type());
      entry.putInt(8, (int) parts.get(i).first()).putInt(12, (int) parts.get(i).sectors());
    }
  }

  /** Writes an MBR whose second partition is extended, with logical partitions of equal size. */
  static void extended(byte[] disk, Part primary, Part extended, int logical) {
    mbr(disk, 0, List.of(primary, extended));
    long share = extended.sectors() / logical;
    for (int i = 0; i < logical; i++) {
      Part data = new Part(0x83, 1, share - 1);
      Part next = new Part(0x05, (i + 1) * share, share);
      mbr(
          disk,
          extended.first() + i * share,
          i + 1 < logical ? List.of(data, next) : List.of(data));
    }
  }

  /** Writes a GPT with both copies; the types of its partitions are GUIDs without a name. */
  static void gpt(byte[] disk, int sectorSize, List<Part> parts) {
    long last = (long) disk.length / sectorSize - 1;
    long entrySectors = (long) ENTRIES * ENTRY / sectorSize;
    mbr(disk, 0, List.of(new Part(0xEE, 1, last)));
    byte[] entries = new byte[ENTRIES * ENTRY];
    for (int i = 0; i < parts.size(); i++) {
      ByteBuffer entry = bytes(entries).position(i * ENTRY).slice().order(ByteOrder.LITTLE_ENDIAN);
      Part part = parts.get(i);
      entry.putLong(0, 0x0123_4567_89AB_CDEFL).putLong(8, part.type()).putLong(16, i + 1);
      entry.putLong(32, part.first()).putLong(40, part.first() + part.sectors() - 1);
      entry.position(56).put(("part " + i).getBytes(StandardCharsets.UTF_16LE));
    }
    copy(disk, sectorSize, 1, last, 2, entries);
    copy(disk, sectorSize, last, 1, last - entrySectors, entries);
  }

  private static void copy(
      byte[] disk, int sectorSize, long sector, long other, long entriesAt, byte[] entries) {
    System.arraycopy(entries, 0, disk, (int) entriesAt * sectorSize, entries.length);
    ByteBuffer header =
        bytes(disk).position((int) sector * sectorSize).slice().order(ByteOrder.LITTLE_ENDIAN);
    header.put("EFI PART".getBytes(StandardCharsets.US_ASCII));
    header.putInt(8, 0x1_0000).putInt(12, 92).putLong(24, sector).putLong(32, other);
    header.putLong(72, entriesAt).putInt(80, ENTRIES).putInt(84, ENTRY);
    seal(disk, (int) sector * sectorSize, entries);
  }

  /** Makes the checksums of a header right. */
  static void seal(byte[] disk, int header, byte[] entries) {
    bytes(disk).putInt(header + 88, crc(entries, 0, entries.length)).putInt(header + 16, 0);
    bytes(disk).putInt(header + 16, crc(disk, header, 92));
  }

  private static int crc(byte[] bytes, int from, int length) {
    CRC32 sum = new CRC32();
    sum.update(bytes, from, length);
    return (int) sum.getValue();
  }
}
