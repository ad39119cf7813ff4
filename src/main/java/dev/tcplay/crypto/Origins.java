package dev.tcplay.crypto;

import static java.util.Map.entry;

import dev.tcplay.crypto.kernel.BlockCipher;
import dev.tcplay.crypto.kernel.Prf;
import java.util.Map;

/** Where ciphers and functions were published, for people who choose among them. */
public final class Origins {

  private static final Map<String, String> BY_NAME =
      Map.ofEntries(
          entry("AES", "FIPS 197"),
          entry("SERPENT", "Anderson, Biham, Knudsen 1998"),
          entry("TWOFISH", "Schneier and others 1998"),
          entry("CAMELLIA", "RFC 3713"),
          entry("KUZNYECHIK", "RFC 7801"),
          entry("BLOWFISH", "Schneier 1993"),
          entry("CAST5", "RFC 2144"),
          entry("TRIPLE_DES", "FIPS 46-3"),
          entry("SHA1", "FIPS 180-4"),
          entry("SHA256", "FIPS 180-4"),
          entry("SHA512", "FIPS 180-4"),
          entry("RIPEMD160", "Dobbertin, Bosselaers, Preneel 1996"),
          entry("WHIRLPOOL", "ISO/IEC 10118-3"),
          entry("STREEBOG", "RFC 6986"),
          entry("BLAKE2S", "RFC 7693"),
          entry("ARGON2ID", "RFC 9106"));

  private Origins() {}

  /** Returns where a cipher was published. */
  public static String of(BlockCipher cipher) {
    return byName(cipher);
  }

  /** Returns where a function was published, without PBKDF2, which most are used under. */
  public static String of(Prf prf) {
    return byName(prf);
  }

  /** By the name of a constant, so that none of both kinds is forgotten in a second table. */
  private static String byName(Enum<?> constant) {
    String origin = BY_NAME.get(constant.name());
    if (origin == null) {
      throw new IllegalStateException("no origin of " + constant);
    }
    return origin;
  }
}
