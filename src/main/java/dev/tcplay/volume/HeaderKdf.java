package dev.tcplay.volume;

import dev.tcplay.crypto.KeyDerivation;
import dev.tcplay.crypto.kernel.Prf;

/**
 * How a header key is made from a password.
 *
 * @param prf the function
 * @param iterations iterations of PBKDF2, passes of Argon2id
 * @param memoryKiB KiB of memory that Argon2id fills, 0 for PBKDF2
 */
record HeaderKdf(Prf prf, int iterations, int memoryKiB) {

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
          case SHA1 -> 210;
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
