package dev.tcplay.crypto.kernel;

import static java.util.Map.entry;

import dev.tcplay.words.NearestWord;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The pseudo-random functions of header keys: seven hashes under PBKDF2-HMAC, and Argon2id. */
public enum Prf {
  /** RIPEMD-160, of TrueCrypt and of VeraCrypt up to 1.25. */
  RIPEMD160("ripemd160", 20, 64),
  /** SHA-1 (FIPS 180-4), of TrueCrypt 1 to 4. */
  SHA1("sha1", 20, 64),
  /** SHA-256 (FIPS 180-4). */
  SHA256("sha256", 32, 64),
  /** SHA-512 (FIPS 180-4). */
  SHA512("sha512", 64, 128),
  /** Whirlpool in its final form (ISO/IEC 10118-3:2003). */
  WHIRLPOOL("whirlpool", 64, 64),
  /** Streebog with 512 bits (GOST R 34.11-2012, RFC 6986). */
  STREEBOG("streebog", 64, 64),
  /** BLAKE2s with 256 bits (RFC 7693), as an unkeyed hash under HMAC. */
  BLAKE2S("blake2s", 32, 64),
  /** Argon2id (RFC 9106), not a hash under PBKDF2. */
  ARGON2ID("argon2id", 0, 0);

  private static final Map<String, Prf> OTHER_NAMES =
      Map.ofEntries(
          entry("rmd160", RIPEMD160),
          entry("sha", SHA1),
          entry("sha160", SHA1),
          entry("streebog512", STREEBOG),
          entry("stribog", STREEBOG),
          entry("stribog512", STREEBOG),
          entry("gost", STREEBOG),
          entry("gost3411", STREEBOG),
          entry("gost34112012", STREEBOG),
          entry("gost34112012512", STREEBOG),
          entry("gostr34112012", STREEBOG),
          entry("gostr34112012512", STREEBOG),
          entry("blake2s256", BLAKE2S),
          entry("argon2", ARGON2ID));

  private final String id;
  private final int digestBytes;
  private final int blockBytes;

  Prf(String id, int digestBytes, int blockBytes) {
    this.id = id;
    this.digestBytes = digestBytes;
    this.blockBytes = blockBytes;
  }

  /**
   * Returns the function of a name in any usual spelling: {@code sha512}, {@code SHA-512}, tcplay's
   * {@code SHA512-VC}, {@code RIPEMD-160}, {@code SHA-1}, {@code BLAKE2s-256}, {@code Stribog},
   * {@code Argon2}. Case and every character other than letters and digits are ignored.
   *
   * @throws IllegalArgumentException if no function has the name
   */
  public static Prf parse(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    String bare = plain.endsWith("vc") ? plain.substring(0, plain.length() - 2) : plain;
    for (Prf prf : values()) {
      if (prf.id.equals(bare)) {
        return prf;
      }
    }
    Prf other = OTHER_NAMES.get(bare);
    if (other != null) {
      return other;
    }
    List<String> known = Arrays.stream(values()).map(Prf::id).toList();
    throw new IllegalArgumentException(
        "unknown hash '%s'%s; known are %s"
            .formatted(name, NearestWord.hint(bare, known), String.join(", ", known)));
  }

  /** Returns the name that facts are printed by, such as {@code sha512}. */
  public String id() {
    return id;
  }

  /** Returns the bytes of a digest, which is a block of PBKDF2's output; 0 for Argon2id. */
  public int digestBytes() {
    return digestBytes;
  }

  /** Returns the bytes of a block of the hash, as HMAC pads its key; 0 for Argon2id. */
  public int blockBytes() {
    return blockBytes;
  }
}
