package dev.tcplay.crypto.kernel;

import java.util.Arrays;

/**
 * The two key blocks of HMAC (RFC 2104): the key, padded to the hash's block, under each filler.
 */
final class HmacKey {

  private HmacKey() {}

  /** Returns the block that the inner hash begins with; the caller wipes it. */
  static byte[] inner(Prf prf, byte[] password) {
    return block(prf, password, 0x36);
  }

  /** Returns the block that the outer hash begins with; the caller wipes it. */
  static byte[] outer(Prf prf, byte[] password) {
    return block(prf, password, 0x5c);
  }

  private static byte[] block(Prf prf, byte[] password, int filler) {
    int length = prf.blockBytes();
    byte[] key = password.length > length ? MessageHash.of(prf, password) : password.clone();
    byte[] block = Arrays.copyOf(key, length);
    Arrays.fill(key, (byte) 0);
    for (int i = 0; i < block.length; i++) {
      block[i] ^= (byte) filler;
    }
    return block;
  }
}
