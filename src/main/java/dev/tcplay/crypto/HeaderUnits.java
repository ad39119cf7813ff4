package dev.tcplay.crypto;

import dev.tcplay.crypto.kernel.BlockCipher;
import java.util.Arrays;

/** Headers that are encrypted as the beginning of data unit 0, as they are in XTS and LRW. */
final class HeaderUnits {

  private HeaderUnits() {}

  /** Encrypts a header behind its salt, in place, and closes the cipher. */
  static void encrypt(DataUnitCipher cipher, byte[] header, int saltBytes) {
    crypt(cipher, header, saltBytes, true);
  }

  /** Decrypts a header behind its salt, in place, and closes the cipher. */
  static void decrypt(DataUnitCipher cipher, byte[] header, int saltBytes) {
    crypt(cipher, header, saltBytes, false);
  }

  /**
   * All behind the salt is counted from data unit 0. The last unit is shorter than others; as no
   * block depends on the ones after it, the missing bytes may be any.
   */
  private static void crypt(DataUnitCipher keyed, byte[] header, int saltBytes, boolean encrypt) {
    try (DataUnitCipher cipher = keyed) {
      int length = checkedLength(header, saltBytes);
      int unit = DataUnitCipher.DATA_UNIT;
      byte[] units = new byte[(length + unit - 1) / unit * unit];
      try {
        System.arraycopy(header, saltBytes, units, 0, length);
        if (encrypt) {
          cipher.encrypt(0, units, 0, units, 0, units.length);
        } else {
          cipher.decrypt(0, units, 0, units, 0, units.length);
        }
        System.arraycopy(units, 0, header, saltBytes, length);
      } finally {
        Arrays.fill(units, (byte) 0);
      }
    }
  }

  /**
   * Returns how many bytes of a header are encrypted.
   *
   * @throws IllegalArgumentException if they are no whole blocks
   */
  static int checkedLength(byte[] header, int saltBytes) {
    int length = header.length - saltBytes;
    if (length % BlockCipher.BLOCK_BYTES != 0) {
      throw new IllegalArgumentException(length + " bytes of a header are no whole blocks");
    }
    return length;
  }
}
