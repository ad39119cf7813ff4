package dev.tcplay.crypto;

import org.bouncycastle.crypto.Digest;

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
    byte[] block = new byte[prf.blockBytes()];
    if (password.length <= block.length) {
      System.arraycopy(password, 0, block, 0, password.length);
    } else {
      Digest digest = BouncyCastleHmac.digest(prf);
      digest.update(password, 0, password.length);
      digest.doFinal(block, 0);
    }
    for (int i = 0; i < block.length; i++) {
      block[i] ^= (byte) filler;
    }
    return block;
  }
}
