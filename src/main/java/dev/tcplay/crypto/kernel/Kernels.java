package dev.tcplay.crypto.kernel;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the kernel of a cipher or hash.
 *
 * <p>The system property {@value #PROPERTY} chooses: {@code portable} stands for Bouncy Castle's
 * engines, the reference; {@code auto} or no value for the fastest kernel. The ciphers of 8-byte
 * blocks have no other than the portable one. The property is read whenever a cipher or derivation
 * is keyed.
 */
public final class Kernels {

  /** Name of the system property. */
  public static final String PROPERTY = "tcplay.kernel";

  private static final String PORTABLE = "portable";
  private static final String OLD_CIPHERS =
      "Blowfish, CAST5 and Triple DES, which only volumes of TrueCrypt 1 to 4 have,";

  private Kernels() {}

  /**
   * Returns a short name of the kernel that encrypts with a cipher, as benchmarks print it.
   *
   * @throws IllegalArgumentException if the system property has an unknown value
   */
  public static String nameOf(BlockCipher cipher) {
    if (isPortable(System.getProperty(PROPERTY))) {
      return PORTABLE;
    }
    return switch (cipher) {
      case AES -> "platform";
      case SERPENT -> "lanes";
      case TWOFISH, CAMELLIA, KUZNYECHIK -> "tables";
      case BLOWFISH, CAST5, TRIPLE_DES -> PORTABLE;
    };
  }

  /**
   * Returns a short name of the kernel that derives keys with a function.
   *
   * @throws IllegalArgumentException if the system property has an unknown value
   */
  public static String nameOf(Prf prf) {
    if (prf != Prf.ARGON2ID && isPortable(System.getProperty(PROPERTY))) {
      return PORTABLE;
    }
    return switch (prf) {
      case SHA1, SHA256, SHA512 -> "platform";
      case WHIRLPOOL, STREEBOG -> "tables";
      case BLAKE2S, RIPEMD160, ARGON2ID -> "words";
    };
  }

  /** Returns what is to be said of a cipher that a missing library has; empty if it can be had. */
  public static Optional<String> missing(BlockCipher cipher) {
    return needsBouncyCastle(cipher) && !BouncyCastle.isPresent()
        ? Optional.of(BouncyCastle.message(OLD_CIPHERS))
        : Optional.empty();
  }

  private static boolean needsBouncyCastle(BlockCipher cipher) {
    return cipher.blockBytes() < BlockCipher.BLOCK_BYTES;
  }

  /** Returns HMAC under a password, which is copied as far as needed. */
  public static HmacKernel hmac(Prf prf, byte[] password) {
    if (isPortable(System.getProperty(PROPERTY))) {
      return new BouncyCastleHmac(prf, password);
    }
    return switch (prf) {
      case SHA1 -> new DigestHmac(prf, password);
      case SHA256, SHA512 -> new Sha2Hmac(prf, password);
      case WHIRLPOOL -> new WhirlpoolHmac(password);
      case STREEBOG -> new StreebogHmac(password);
      case BLAKE2S -> new Blake2sHmac(password);
      case RIPEMD160 -> new Ripemd160Hmac(password);
      case ARGON2ID -> throw new IllegalArgumentException("not a hash: " + prf);
    };
  }

  /**
   * Returns a kernel under the key that begins at {@code keys[offset]}; keeps no reference.
   *
   * @throws UnsupportedOperationException if the cipher is {@link #missing}
   */
  public static BlockKernel create(BlockCipher cipher, byte[] keys, int offset) {
    if (isPortable(System.getProperty(PROPERTY))) {
      return new BouncyCastleKernel(cipher, keys, offset);
    }
    return switch (cipher) {
      case AES -> new AesKernel(keys, offset);
      case SERPENT -> new SerpentKernel(keys, offset);
      case TWOFISH -> new TwofishKernel(keys, offset);
      case CAMELLIA -> new CamelliaKernel(keys, offset);
      case KUZNYECHIK -> new KuznyechikKernel(keys, offset);
      case BLOWFISH, CAST5, TRIPLE_DES -> {
        BouncyCastle.require(OLD_CIPHERS);
        yield new BouncyCastleKernel(cipher, keys, offset);
      }
    };
  }

  /** Tells whether a value of the system property asks for the portable kernels. */
  static boolean isPortable(@Nullable String choice) {
    if (choice == null || choice.isEmpty() || choice.equals("auto")) {
      return false;
    }
    if (choice.equals(PORTABLE)) {
      if (!BouncyCastle.isPresent()) {
        throw new IllegalArgumentException(BouncyCastle.message(PROPERTY + "'s portable kernels"));
      }
      return true;
    }
    throw new IllegalArgumentException(
        "system property %s must be auto or portable: %s".formatted(PROPERTY, choice));
  }
}
