package dev.tcplay.crypto.kernel;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The block ciphers of VeraCrypt and TrueCrypt: those of XTS, with 16-byte blocks and 32-byte keys,
 * and three of TrueCrypt 1 to 4, with 8-byte blocks.
 */
public enum BlockCipher {
  /** FIPS 197, with a 256-bit key. */
  AES("AES", 32, 16, "rijndael"),
  /** The submission of 1998 in its own bit order, with a 256-bit key. */
  SERPENT("Serpent", 32, 16),
  /** The submission of 1998, with a 256-bit key. */
  TWOFISH("Twofish", 32, 16),
  /** RFC 3713, with a 256-bit key. */
  CAMELLIA("Camellia", 32, 16),
  /** GOST R 34.12-2015, RFC 7801. */
  KUZNYECHIK("Kuznyechik", 32, 16),
  /**
   * The cipher of 1993, with a 448-bit key. As TrueCrypt has it, the two halves of a block are
   * little-endian numbers; published vectors have them big-endian.
   */
  BLOWFISH("Blowfish", 56, 8, "blowfishle"),
  /** CAST-128 (RFC 2144), with a 128-bit key. */
  CAST5("CAST5", 16, 8, "cast"),
  /** DES three times (NIST SP 800-67), with three keys, parity bits included. */
  TRIPLE_DES("Triple DES", 24, 8, "3des", "des3", "des3ede", "desede", "tdes", "tdea");

  /** Bytes in a block of the ciphers that are used in XTS. */
  public static final int BLOCK_BYTES = 16;

  private final String displayName;
  private final int keyBytes;
  private final int blockBytes;

  /** What a name matches when case and separators are ignored: tcplay's suffix may follow. */
  private final String spelling;

  BlockCipher(String displayName, int keyBytes, int blockBytes, String... otherNames) {
    this.displayName = displayName;
    this.keyBytes = keyBytes;
    this.blockBytes = blockBytes;
    String own = displayName.toLowerCase(Locale.ROOT).replace(" ", "");
    String names = otherNames.length == 0 ? own : own + "|" + String.join("|", otherNames);
    spelling = "(" + names + ")(" + keyBits() + ")?(xts|lrw|cbc)?";
  }

  /**
   * Returns the cipher of a name in any usual spelling: {@code AES}, {@code triple-des}, {@code
   * 3DES}, {@code des3_ede}, {@code cast-128}, or with tcplay's suffix of key bits and mode, {@code
   * BLOWFISH-448-CBC}. Case, dashes, underscores and blanks are ignored.
   */
  public static Optional<BlockCipher> find(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    return Arrays.stream(values()).filter(cipher -> plain.matches(cipher.spelling)).findFirst();
  }

  /** Returns the name as VeraCrypt, or else TrueCrypt, spells it. */
  public String displayName() {
    return displayName;
  }

  /** Returns the bytes in a key; XTS needs two keys. */
  public int keyBytes() {
    return keyBytes;
  }

  /** Returns the bits in a key. */
  public int keyBits() {
    return Byte.SIZE * keyBytes;
  }

  /** Returns the bytes in a block, 8 or 16. */
  public int blockBytes() {
    return blockBytes;
  }
}
