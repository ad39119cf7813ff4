package dev.tcplay.fs.exfat;

/**
 * The three sums of exFAT: each turns the sum right by one bit and adds the next byte. Sums go on
 * from an earlier one, 0 at the start.
 */
final class Checksums {

  private Checksums() {}

  /** Adds bytes to a sum of 32 bits, as of an up-case table. */
  static int add32(int sum, byte[] bytes, int offset, int length) {
    int result = sum;
    for (int i = offset; i < offset + length; i++) {
      result = Integer.rotateRight(result, 1) + (bytes[i] & 0xFF);
    }
    return result;
  }

  /** Adds a byte to a sum of 16 bits, as of an entry set or a name. */
  static int add16(int sum, int value) {
    return (((sum & 1) << 15 | sum >>> 1) + (value & 0xFF)) & 0xFFFF;
  }

  /** Returns the sum of an entry set, in which the two bytes of the sum itself do not count. */
  static int ofSet(byte[] set) {
    int sum = 0;
    for (int i = 0; i < set.length; i++) {
      if (i != 2 && i != 3) {
        sum = add16(sum, set[i]);
      }
    }
    return sum;
  }

  /** Returns the sum of a name in upper case, which its stream entry holds. */
  static int ofName(String upper) {
    int sum = 0;
    for (int i = 0; i < upper.length(); i++) {
      sum = add16(sum, upper.charAt(i));
      sum = add16(sum, upper.charAt(i) >> 8);
    }
    return sum;
  }

  /**
   * Returns the sum of a boot region: its first eleven sectors without the flags and the percentage
   * in use, which change while a volume is mounted.
   */
  static int ofBootRegion(byte[] sectors) {
    int sum = add32(0, sectors, 0, 106);
    sum = add32(sum, sectors, 108, 112 - 108);
    return add32(sum, sectors, 113, sectors.length - 113);
  }
}
