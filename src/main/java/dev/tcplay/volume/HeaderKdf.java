package dev.tcplay.volume;

import dev.tcplay.crypto.KeyDerivation;
import dev.tcplay.crypto.kernel.Prf;

/**
 * How a header key is made from a password.
 *
 * @param format the family of volumes, which sets the costs
 * @param prf the function
 * @param iterations iterations of PBKDF2, passes of Argon2id
 * @param memoryKiB KiB of memory that Argon2id fills, 0 for PBKDF2
 */
record HeaderKdf(VolumeFormat format, Prf prf, int iterations, int memoryKiB) {

  /** The largest PIM: 15000 + 1000 PIM has to fit into 31 bits. */
  static final int MAX_PIM = 2_147_468;

  private static final int ARGON2_DEFAULT_PIM = 12;
  private static final int ARGON2_MEMORY_CAP_MIB = 1024;

  /**
   * Returns the derivation that a format uses for volumes other than system drives.
   *
   * @param pim the personal iterations multiplier, 0 for the format's default; TrueCrypt has none
   */
  static HeaderKdf of(VolumeFormat format, Prf prf, int pim) {
    if (format == VolumeFormat.TRUECRYPT) {
      return new HeaderKdf(format, prf, prf == Prf.RIPEMD160 ? 2000 : 1000, 0);
    }
    if (prf == Prf.ARGON2ID) {
      return argon2id(format, pim == 0 ? ARGON2_DEFAULT_PIM : pim);
    }
    return new HeaderKdf(format, prf, pim == 0 ? defaultIterations(prf) : 15_000 + 1000 * pim, 0);
  }

  private static int defaultIterations(Prf prf) {
    return prf == Prf.RIPEMD160 ? 655_331 : 500_000;
  }

  /** Memory grows first, by 32 MiB a step up to its cap; passes then take over. */
  private static HeaderKdf argon2id(VolumeFormat format, int pim) {
    int memoryMiB = (int) Math.min(64 + 32 * (pim - 1L), ARGON2_MEMORY_CAP_MIB);
    int passes = pim <= 31 ? 3 + (pim - 1) / 3 : 13 + (pim - 31);
    return new HeaderKdf(format, Prf.ARGON2ID, passes, memoryMiB * 1024);
  }

  /** Returns whether the derivation fills memory, so that the JVM runs one at a time. */
  boolean isMemoryHard() {
    return memoryKiB > 0;
  }

  /** Returns the bytes of an output block; blocks are derived independently of each other. */
  int blockBytes() {
    return isMemoryHard() ? KeyDerivation.MAX_BYTES : prf.digestBytes();
  }

  /** Returns roughly the nanoseconds that a block takes on a fast processor of 2024. */
  long blockCost() {
    long roundCost =
        switch (prf) {
          case SHA256 -> 130;
          case SHA512 -> 350;
          case BLAKE2S -> 530;
          case RIPEMD160 -> 610;
          case WHIRLPOOL -> 1_370;
          case STREEBOG -> 3_800;
          case ARGON2ID -> 1_170L * memoryKiB;
        };
    return roundCost * iterations;
  }

  /** Returns a derivation that has computed nothing yet; it copies password and salt. */
  KeyDerivation start(byte[] password, byte[] salt) {
    return isMemoryHard()
        ? KeyDerivation.argon2id(password, salt, memoryKiB, iterations)
        : KeyDerivation.pbkdf2(prf, password, salt, iterations);
  }
}
