package dev.tcplay.crypto;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * Whirlpool (ISO/IEC 10118-3:2003) with tables that join the substitution and the diffusion of a
 * byte. The tables are looked up by secret data.
 */
final class Whirlpool {

  static final int WORDS = 8;
  private static final int ROUNDS = 10;

  /** Eight tables of 256 words, one after the other: the byte's place, then its value. */
  private static final long[] T = new long[WORDS * 256];

  static final long[] ROUND_CONSTANTS = new long[ROUNDS];

  static {
    int[] sbox = substitution();
    int[] row = {1, 1, 4, 1, 8, 5, 2, 9};
    for (int x = 0; x < 256; x++) {
      long word = 0;
      for (int factor : row) {
        word = (word << 8) | multiply(sbox[x], factor);
      }
      for (int place = 0; place < WORDS; place++) {
        T[256 * place + x] = Long.rotateRight(word, 8 * place);
      }
    }
    for (int i = 0; i < WORDS * ROUNDS; i++) {
      ROUND_CONSTANTS[i / WORDS] = (ROUND_CONSTANTS[i / WORDS] << 8) | sbox[i];
    }
  }

  private Whirlpool() {}

  /** Builds the S-box from the standard's three small ones. */
  private static int[] substitution() {
    int[] e = {0x1, 0xb, 0x9, 0xc, 0xd, 0x6, 0xf, 0x3, 0xe, 0x8, 0x7, 0x4, 0xa, 0x2, 0x5, 0x0};
    int[] r = {0x7, 0xc, 0xb, 0xd, 0xe, 0x4, 0x9, 0xf, 0x6, 0x3, 0x8, 0xa, 0x2, 0x5, 0x1, 0x0};
    int[] inverseE = new int[16];
    for (int i = 0; i < 16; i++) {
      inverseE[e[i]] = i;
    }
    int[] sbox = new int[256];
    for (int x = 0; x < 256; x++) {
      int high = e[x >> 4];
      int low = inverseE[x & 15];
      int middle = r[high ^ low];
      sbox[x] = (e[high ^ middle] << 4) | inverseE[low ^ middle];
    }
    return sbox;
  }

  /** Multiplies in the field of the polynomial x^8 + x^4 + x^3 + x^2 + 1. */
  private static int multiply(int a, int b) {
    int product = 0;
    for (int bit = b; bit != 0; bit >>= 1) {
      product ^= (bit & 1) * a;
      a = (a << 1) ^ ((a >> 7) * 0x11d);
    }
    return product;
  }

  /**
   * Returns the hash of a message. After it come a one bit, zeros, and its length in bits in 32
   * bytes, of which the last eight are enough for us.
   */
  static byte[] hash(byte[] message) {
    byte[] padded = MessageHash.padded(message, 1 + 32);
    padded[message.length] = (byte) 0x80;
    ByteBuffer bytes = ByteBuffer.wrap(padded);
    bytes.putLong(padded.length - Long.BYTES, (long) Byte.SIZE * message.length);
    LongBuffer words = bytes.asLongBuffer();
    long[] state = new long[WORDS];
    long[] block = new long[WORDS];
    while (words.hasRemaining()) {
      words.get(block);
      compress(state, block, state);
    }
    byte[] digest = new byte[Long.BYTES * WORDS];
    ByteBuffer.wrap(digest).asLongBuffer().put(state);
    Arrays.fill(padded, (byte) 0);
    Arrays.fill(state, 0);
    Arrays.fill(block, 0);
    return digest;
  }

  /** Stores the state that follows a block; the arrays may be the same. */
  static void compress(long[] state, long[] block, long[] target) {
    long k0 = state[0];
    long k1 = state[1];
    long k2 = state[2];
    long k3 = state[3];
    long k4 = state[4];
    long k5 = state[5];
    long k6 = state[6];
    long k7 = state[7];
    long s0 = block[0] ^ k0;
    long s1 = block[1] ^ k1;
    long s2 = block[2] ^ k2;
    long s3 = block[3] ^ k3;
    long s4 = block[4] ^ k4;
    long s5 = block[5] ^ k5;
    long s6 = block[6] ^ k6;
    long s7 = block[7] ^ k7;
    for (long constant : ROUND_CONSTANTS) {
      long l0 =
          (t(0, k0, 56) ^ t(1, k7, 48))
              ^ (t(2, k6, 40) ^ t(3, k5, 32))
              ^ ((t(4, k4, 24) ^ t(5, k3, 16)) ^ (t(6, k2, 8) ^ t(7, k1, 0)))
              ^ constant;
      long l1 =
          (t(0, k1, 56) ^ t(1, k0, 48))
              ^ (t(2, k7, 40) ^ t(3, k6, 32))
              ^ ((t(4, k5, 24) ^ t(5, k4, 16)) ^ (t(6, k3, 8) ^ t(7, k2, 0)));
      long l2 =
          (t(0, k2, 56) ^ t(1, k1, 48))
              ^ (t(2, k0, 40) ^ t(3, k7, 32))
              ^ ((t(4, k6, 24) ^ t(5, k5, 16)) ^ (t(6, k4, 8) ^ t(7, k3, 0)));
      long l3 =
          (t(0, k3, 56) ^ t(1, k2, 48))
              ^ (t(2, k1, 40) ^ t(3, k0, 32))
              ^ ((t(4, k7, 24) ^ t(5, k6, 16)) ^ (t(6, k5, 8) ^ t(7, k4, 0)));
      long l4 =
          (t(0, k4, 56) ^ t(1, k3, 48))
              ^ (t(2, k2, 40) ^ t(3, k1, 32))
              ^ ((t(4, k0, 24) ^ t(5, k7, 16)) ^ (t(6, k6, 8) ^ t(7, k5, 0)));
      long l5 =
          (t(0, k5, 56) ^ t(1, k4, 48))
              ^ (t(2, k3, 40) ^ t(3, k2, 32))
              ^ ((t(4, k1, 24) ^ t(5, k0, 16)) ^ (t(6, k7, 8) ^ t(7, k6, 0)));
      long l6 =
          (t(0, k6, 56) ^ t(1, k5, 48))
              ^ (t(2, k4, 40) ^ t(3, k3, 32))
              ^ ((t(4, k2, 24) ^ t(5, k1, 16)) ^ (t(6, k0, 8) ^ t(7, k7, 0)));
      long l7 =
          (t(0, k7, 56) ^ t(1, k6, 48))
              ^ (t(2, k5, 40) ^ t(3, k4, 32))
              ^ ((t(4, k3, 24) ^ t(5, k2, 16)) ^ (t(6, k1, 8) ^ t(7, k0, 0)));
      k0 = l0;
      k1 = l1;
      k2 = l2;
      k3 = l3;
      k4 = l4;
      k5 = l5;
      k6 = l6;
      k7 = l7;
      l0 =
          (t(0, s0, 56) ^ t(1, s7, 48))
              ^ (t(2, s6, 40) ^ t(3, s5, 32))
              ^ ((t(4, s4, 24) ^ t(5, s3, 16)) ^ (t(6, s2, 8) ^ t(7, s1, 0)))
              ^ k0;
      l1 =
          (t(0, s1, 56) ^ t(1, s0, 48))
              ^ (t(2, s7, 40) ^ t(3, s6, 32))
              ^ ((t(4, s5, 24) ^ t(5, s4, 16)) ^ (t(6, s3, 8) ^ t(7, s2, 0)))
              ^ k1;
      l2 =
          (t(0, s2, 56) ^ t(1, s1, 48))
              ^ (t(2, s0, 40) ^ t(3, s7, 32))
              ^ ((t(4, s6, 24) ^ t(5, s5, 16)) ^ (t(6, s4, 8) ^ t(7, s3, 0)))
              ^ k2;
      l3 =
          (t(0, s3, 56) ^ t(1, s2, 48))
              ^ (t(2, s1, 40) ^ t(3, s0, 32))
              ^ ((t(4, s7, 24) ^ t(5, s6, 16)) ^ (t(6, s5, 8) ^ t(7, s4, 0)))
              ^ k3;
      l4 =
          (t(0, s4, 56) ^ t(1, s3, 48))
              ^ (t(2, s2, 40) ^ t(3, s1, 32))
              ^ ((t(4, s0, 24) ^ t(5, s7, 16)) ^ (t(6, s6, 8) ^ t(7, s5, 0)))
              ^ k4;
      l5 =
          (t(0, s5, 56) ^ t(1, s4, 48))
              ^ (t(2, s3, 40) ^ t(3, s2, 32))
              ^ ((t(4, s1, 24) ^ t(5, s0, 16)) ^ (t(6, s7, 8) ^ t(7, s6, 0)))
              ^ k5;
      l6 =
          (t(0, s6, 56) ^ t(1, s5, 48))
              ^ (t(2, s4, 40) ^ t(3, s3, 32))
              ^ ((t(4, s2, 24) ^ t(5, s1, 16)) ^ (t(6, s0, 8) ^ t(7, s7, 0)))
              ^ k6;
      l7 =
          (t(0, s7, 56) ^ t(1, s6, 48))
              ^ (t(2, s5, 40) ^ t(3, s4, 32))
              ^ ((t(4, s3, 24) ^ t(5, s2, 16)) ^ (t(6, s1, 8) ^ t(7, s0, 0)))
              ^ k7;
      s0 = l0;
      s1 = l1;
      s2 = l2;
      s3 = l3;
      s4 = l4;
      s5 = l5;
      s6 = l6;
      s7 = l7;
    }
    target[0] = state[0] ^ block[0] ^ s0;
    target[1] = state[1] ^ block[1] ^ s1;
    target[2] = state[2] ^ block[2] ^ s2;
    target[3] = state[3] ^ block[3] ^ s3;
    target[4] = state[4] ^ block[4] ^ s4;
    target[5] = state[5] ^ block[5] ^ s5;
    target[6] = state[6] ^ block[6] ^ s6;
    target[7] = state[7] ^ block[7] ^ s7;
  }

  static long t(int place, long word, int shift) {
    return T[256 * place + ((int) (word >>> shift) & 0xff)];
  }
}
