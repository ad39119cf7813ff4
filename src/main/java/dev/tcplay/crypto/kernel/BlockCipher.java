package dev.tcplay.crypto.kernel;

/** The block ciphers of VeraCrypt and TrueCrypt 5 to 7: 16-byte blocks, 32-byte keys. */
public enum BlockCipher {
  /** FIPS 197, with a 256-bit key. */
  AES("AES"),
  /** The submission of 1998 in its own bit order, with a 256-bit key. */
  SERPENT("Serpent"),
  /** The submission of 1998, with a 256-bit key. */
  TWOFISH("Twofish"),
  /** RFC 3713, with a 256-bit key. */
  CAMELLIA("Camellia"),
  /** GOST R 34.12-2015, RFC 7801. */
  KUZNYECHIK("Kuznyechik");

  /** Bytes in a block of any of the ciphers. */
  public static final int BLOCK_BYTES = 16;

  private static final int KEY_BYTES = 32;

  private final String displayName;

  BlockCipher(String displayName) {
    this.displayName = displayName;
  }

  /** Returns the name as VeraCrypt spells it. */
  public String displayName() {
    return displayName;
  }

  /** Returns the bytes in a key; XTS needs two keys. */
  public int keyBytes() {
    return KEY_BYTES;
  }
}
