package dev.tcplay.crypto;

import java.math.BigInteger;

/**
 * LRW by the letter of the draft of IEEE P1619, one block after the other and one bit of an index
 * after the other, over Bouncy Castle's engines.
 */
final class ReferenceLrw {

  private ReferenceLrw() {}

  static byte[] encrypt(CipherChain chain, byte[] keys, long firstUnit, byte[] data) {
    return crypt(chain, keys, firstUnit, data, true);
  }

  static byte[] decrypt(CipherChain chain, byte[] keys, long firstUnit, byte[] data) {
    return crypt(chain, keys, firstUnit, data, false);
  }

  private static byte[] crypt(
      CipherChain chain, byte[] keys, long firstUnit, byte[] data, boolean encrypt) {
    ReferenceEcb ciphers = new ReferenceEcb(chain.keyOrder(), keys, 32);
    int size = chain.keyOrder().get(0).blockBytes();
    byte[] result = new byte[data.length];
    for (int at = 0; at < data.length; at += size) {
      long index = firstUnit * (512 / size) + 1 + at / size; // after 64 bits it goes on from 0
      byte[] tweak = tweak(keys, index, size);
      byte[] block = ReferenceEcb.xor(data, at, tweak);
      block = encrypt ? ciphers.encrypt(block) : ciphers.decrypt(block);
      System.arraycopy(ReferenceEcb.xor(block, 0, tweak), 0, result, at, size);
    }
    return result;
  }

  /** Returns the product of the tweak key, the first bytes of all, and an index. */
  static byte[] tweak(byte[] keys, long index, int size) {
    int bits = 8 * size;
    BigInteger modulus = BigInteger.valueOf(size == 16 ? 0x87 : 0x1b).setBit(bits);
    BigInteger power = BigInteger.ZERO;
    for (int i = 0; i < size; i++) {
      power = power.shiftLeft(8).or(BigInteger.valueOf(keys[i] & 0xff));
    }
    BigInteger product = BigInteger.ZERO;
    for (int bit = 0; bit < 64; bit++) {
      if (((index >>> bit) & 1) == 1) {
        product = product.xor(power);
      }
      power = power.shiftLeft(1);
      if (power.testBit(bits)) {
        power = power.xor(modulus);
      }
    }
    byte[] tweak = new byte[size];
    for (int i = 0; i < size; i++) {
      tweak[i] = product.shiftRight(8 * (size - 1 - i)).byteValue();
    }
    return tweak;
  }
}
