package dev.tcplay.partition;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Knows boot sectors of file systems, which end with 55 AA as an MBR does. */
final class BootSectors {

  private static final Set<String> NAMES = Set.of("NTFS    ", "EXFAT   ", "-FVE-FS-");

  private BootSectors() {}

  static boolean isOne(byte[] sector) {
    return NAMES.contains(new String(sector, 3, 8, StandardCharsets.ISO_8859_1)) || isFat(sector);
  }

  /** The least that every FAT has: sizes that are powers of two, a table, and a kind of medium. */
  private static boolean isFat(byte[] sector) {
    ByteBuffer bytes = ByteBuffer.wrap(sector).order(ByteOrder.LITTLE_ENDIAN);
    int sectorSize = Short.toUnsignedInt(bytes.getShort(11));
    int clusterSectors = Byte.toUnsignedInt(bytes.get(13));
    int reserved = bytes.getShort(14);
    int tables = bytes.get(16);
    int medium = Byte.toUnsignedInt(bytes.get(21));
    return Integer.bitCount(sectorSize) == 1
        && sectorSize >= 128
        && Integer.bitCount(clusterSectors) == 1
        && reserved != 0
        && tables > 0
        && tables <= 4
        && (medium == 0xF0 || medium >= 0xF8);
  }
}
