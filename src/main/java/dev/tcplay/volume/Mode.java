package dev.tcplay.volume;

import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.DataUnitCipher;
import dev.tcplay.crypto.Xts;
import java.util.Arrays;

/** A mode of operation: how keys lie in a key area, and how header and data are encrypted. */
enum Mode {
  XTS("xts");

  private static final int ENCRYPTED_BYTES = HeaderCodec.SIZE - HeaderCodec.SALT_BYTES;

  private final String id;

  Mode(String id) {
    this.id = id;
  }

  /** Returns the name that facts are printed by. */
  String id() {
    return id;
  }

  /** Returns how many bytes of a key area, or of a derived key, a chain uses. */
  int keyBytes(CipherChain chain) {
    return 2 * chain.keyBytes();
  }

  /** Returns the cipher of a volume whose keys stand at an offset of an array; it copies them. */
  DataUnitCipher dataCipher(CipherChain chain, byte[] keys, int offset) {
    return Xts.create(chain, keys, offset);
  }

  /** Returns a decrypted copy of a header, salt included; the caller wipes it. */
  byte[] decryptHeader(CipherChain chain, byte[] key, byte[] header) {
    return crypt(chain, key, header, false);
  }

  /** Returns an encrypted copy of a header whose salt is in place. */
  byte[] encryptHeader(CipherChain chain, byte[] key, byte[] header) {
    return crypt(chain, key, header, true);
  }

  /**
   * All after the salt is data unit 0. It is shorter than a unit; as no block depends on the ones
   * after it, the missing bytes may be any.
   */
  private static byte[] crypt(CipherChain chain, byte[] key, byte[] header, boolean encrypt) {
    byte[] unit = new byte[DataUnitCipher.DATA_UNIT];
    System.arraycopy(header, HeaderCodec.SALT_BYTES, unit, 0, ENCRYPTED_BYTES);
    try (DataUnitCipher cipher = Xts.create(chain, key, 0)) {
      if (encrypt) {
        cipher.encrypt(0, unit, 0, unit, 0, unit.length);
      } else {
        cipher.decrypt(0, unit, 0, unit, 0, unit.length);
      }
      byte[] result = header.clone();
      System.arraycopy(unit, 0, result, HeaderCodec.SALT_BYTES, ENCRYPTED_BYTES);
      return result;
    } finally {
      Arrays.fill(unit, (byte) 0);
    }
  }
}
