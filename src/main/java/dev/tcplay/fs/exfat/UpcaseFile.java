package dev.tcplay.fs.exfat;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.UpcaseTable;
import java.io.ByteArrayOutputStream;

/**
 * The form in which a volume stores its up-case table: the upper case of each unit in order, and
 * for units that are their own upper case FFFF and how many they are. Units behind the end are
 * their own upper case.
 */
final class UpcaseFile {

  /** More bytes than any table can take: each unit by a run of its own. */
  static final int MOST_BYTES = 4 << 16;

  private static final int UNITS = 1 << 16;
  private static final int MANDATORY_UNITS = 128;
  private static final int RUN = 0xFFFF;

  /** Shorter runs are stored one by one, as in the recommended table. */
  private static final int LEAST_RUN = 512;

  private UpcaseFile() {}

  /** Returns the checksum of a table as it is stored. */
  static int checksum(byte[] file) {
    return Checksums.add32(0, file, 0, file.length);
  }

  /**
   * Returns the table that is stored.
   *
   * @throws CorruptFileSystemException if it is none; the reason says why
   */
  static UpcaseTable decode(byte[] file) throws CorruptFileSystemException {
    char[] upper = new char[UNITS];
    int unit = 0;
    for (int i = 0; i + 1 < file.length && unit < UNITS; i += 2) {
      int value = unit(file, i);
      if (value == RUN && i + 3 < file.length) {
        i += 2;
        int end = unit + unit(file, i);
        if (end > UNITS) {
          throw corrupt("a run ends behind the last unit");
        }
        identity(upper, unit, end);
        unit = end;
      } else {
        upper[unit++] = (char) value;
      }
    }
    identity(upper, unit, UNITS);
    check(upper);
    return UpcaseTable.of(upper);
  }

  private static void identity(char[] upper, int from, int to) {
    for (int unit = from; unit < to; unit++) {
      upper[unit] = (char) unit;
    }
  }

  private static void check(char[] upper) throws CorruptFileSystemException {
    for (char unit = 0; unit < MANDATORY_UNITS; unit++) {
      if (upper[unit] != UpcaseTable.standard().toUpper(unit)) {
        throw corrupt("the upper case of %04X is %04X".formatted((int) unit, (int) upper[unit]));
      }
    }
  }

  /** Returns a table as it is to be stored. */
  static byte[] encode(UpcaseTable table) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int unit = 0; unit < UNITS; ) {
      int end = unit;
      while (end < UNITS && table.toUpper((char) end) == end) {
        end++;
      }
      if (end - unit >= LEAST_RUN) {
        put(file, RUN);
        put(file, end - unit);
        unit = end;
      } else {
        put(file, table.toUpper((char) unit));
        unit++;
      }
    }
    return file.toByteArray();
  }

  private static void put(ByteArrayOutputStream file, int unit) {
    file.write(unit);
    file.write(unit >> 8);
  }

  private static int unit(byte[] file, int offset) {
    return (file[offset] & 0xFF) | (file[offset + 1] & 0xFF) << 8;
  }

  private static CorruptFileSystemException corrupt(String reason) {
    return new CorruptFileSystemException(null, "exFAT up-case table: " + reason);
  }
}
