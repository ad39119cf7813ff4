package dev.tcplay.crypto;

import static dev.tcplay.crypto.StreebogTables.C;
import static dev.tcplay.crypto.StreebogTables.WORDS;
import static dev.tcplay.crypto.StreebogTables.t;

import java.nio.LongBuffer;
import java.util.Arrays;

/** Streebog-512 (RFC 6986). Its tables are looked up by secret data. */
final class Streebog {

  static final long BLOCK_BITS = 512;

  private Streebog() {}

  /**
   * Returns the hash of a message. After it come a one bit and zeros; its length in bits and the
   * sum of all blocks before are two blocks more.
   */
  static byte[] hash(byte[] message) {
    byte[] padded = MessageHash.padded(message, 1);
    padded[message.length] = 1;
    LongBuffer words = MessageHash.little(padded).asLongBuffer();
    long[] state = new long[WORDS];
    long[] block = new long[WORDS];
    long[] checksum = new long[WORDS];
    for (long bitsBefore = 0; words.hasRemaining(); bitsBefore += BLOCK_BITS) {
      words.get(block);
      compress(state, bitsBefore, block, state);
      add(checksum, block, 0, checksum);
    }
    Arrays.fill(block, 0);
    block[0] = (long) Byte.SIZE * message.length;
    compress(state, 0, block, state);
    compress(state, 0, checksum, state);
    byte[] digest = new byte[Long.BYTES * WORDS];
    MessageHash.little(digest).asLongBuffer().put(state);
    Arrays.fill(padded, (byte) 0);
    Arrays.fill(state, 0);
    Arrays.fill(checksum, 0);
    return digest;
  }

  /** Adds two blocks and a carry, modulo 2^512; the arrays may be the same. */
  static void add(long[] a, long[] b, long carry, long[] target) {
    for (int i = 0; i < WORDS; i++) {
      long partial = a[i] + carry;
      carry = Long.compareUnsigned(partial, carry) < 0 ? 1 : 0;
      long whole = partial + b[i];
      carry += Long.compareUnsigned(whole, partial) < 0 ? 1 : 0;
      target[i] = whole;
    }
  }

  /** The compression function g: stores the state that follows a block; arrays may be the same. */
  static void compress(long[] state, long bitsBefore, long[] block, long[] target) {
    long k0 = state[0] ^ bitsBefore;
    long k1 = state[1];
    long k2 = state[2];
    long k3 = state[3];
    long k4 = state[4];
    long k5 = state[5];
    long k6 = state[6];
    long k7 = state[7];
    long l0 =
        (t(0, k0, 0) ^ t(1, k1, 0))
            ^ (t(2, k2, 0) ^ t(3, k3, 0))
            ^ ((t(4, k4, 0) ^ t(5, k5, 0)) ^ (t(6, k6, 0) ^ t(7, k7, 0)));
    long l1 =
        (t(0, k0, 8) ^ t(1, k1, 8))
            ^ (t(2, k2, 8) ^ t(3, k3, 8))
            ^ ((t(4, k4, 8) ^ t(5, k5, 8)) ^ (t(6, k6, 8) ^ t(7, k7, 8)));
    long l2 =
        (t(0, k0, 16) ^ t(1, k1, 16))
            ^ (t(2, k2, 16) ^ t(3, k3, 16))
            ^ ((t(4, k4, 16) ^ t(5, k5, 16)) ^ (t(6, k6, 16) ^ t(7, k7, 16)));
    long l3 =
        (t(0, k0, 24) ^ t(1, k1, 24))
            ^ (t(2, k2, 24) ^ t(3, k3, 24))
            ^ ((t(4, k4, 24) ^ t(5, k5, 24)) ^ (t(6, k6, 24) ^ t(7, k7, 24)));
    long l4 =
        (t(0, k0, 32) ^ t(1, k1, 32))
            ^ (t(2, k2, 32) ^ t(3, k3, 32))
            ^ ((t(4, k4, 32) ^ t(5, k5, 32)) ^ (t(6, k6, 32) ^ t(7, k7, 32)));
    long l5 =
        (t(0, k0, 40) ^ t(1, k1, 40))
            ^ (t(2, k2, 40) ^ t(3, k3, 40))
            ^ ((t(4, k4, 40) ^ t(5, k5, 40)) ^ (t(6, k6, 40) ^ t(7, k7, 40)));
    long l6 =
        (t(0, k0, 48) ^ t(1, k1, 48))
            ^ (t(2, k2, 48) ^ t(3, k3, 48))
            ^ ((t(4, k4, 48) ^ t(5, k5, 48)) ^ (t(6, k6, 48) ^ t(7, k7, 48)));
    long l7 =
        (t(0, k0, 56) ^ t(1, k1, 56))
            ^ (t(2, k2, 56) ^ t(3, k3, 56))
            ^ ((t(4, k4, 56) ^ t(5, k5, 56)) ^ (t(6, k6, 56) ^ t(7, k7, 56)));
    long s0 = block[0];
    long s1 = block[1];
    long s2 = block[2];
    long s3 = block[3];
    long s4 = block[4];
    long s5 = block[5];
    long s6 = block[6];
    long s7 = block[7];
    for (int c = 0; c < C.length; c += WORDS) {
      k0 = l0;
      k1 = l1;
      k2 = l2;
      k3 = l3;
      k4 = l4;
      k5 = l5;
      k6 = l6;
      k7 = l7;
      s0 ^= k0;
      s1 ^= k1;
      s2 ^= k2;
      s3 ^= k3;
      s4 ^= k4;
      s5 ^= k5;
      s6 ^= k6;
      s7 ^= k7;
      l0 =
          (t(0, s0, 0) ^ t(1, s1, 0))
              ^ (t(2, s2, 0) ^ t(3, s3, 0))
              ^ ((t(4, s4, 0) ^ t(5, s5, 0)) ^ (t(6, s6, 0) ^ t(7, s7, 0)));
      l1 =
          (t(0, s0, 8) ^ t(1, s1, 8))
              ^ (t(2, s2, 8) ^ t(3, s3, 8))
              ^ ((t(4, s4, 8) ^ t(5, s5, 8)) ^ (t(6, s6, 8) ^ t(7, s7, 8)));
      l2 =
          (t(0, s0, 16) ^ t(1, s1, 16))
              ^ (t(2, s2, 16) ^ t(3, s3, 16))
              ^ ((t(4, s4, 16) ^ t(5, s5, 16)) ^ (t(6, s6, 16) ^ t(7, s7, 16)));
      l3 =
          (t(0, s0, 24) ^ t(1, s1, 24))
              ^ (t(2, s2, 24) ^ t(3, s3, 24))
              ^ ((t(4, s4, 24) ^ t(5, s5, 24)) ^ (t(6, s6, 24) ^ t(7, s7, 24)));
      l4 =
          (t(0, s0, 32) ^ t(1, s1, 32))
              ^ (t(2, s2, 32) ^ t(3, s3, 32))
              ^ ((t(4, s4, 32) ^ t(5, s5, 32)) ^ (t(6, s6, 32) ^ t(7, s7, 32)));
      l5 =
          (t(0, s0, 40) ^ t(1, s1, 40))
              ^ (t(2, s2, 40) ^ t(3, s3, 40))
              ^ ((t(4, s4, 40) ^ t(5, s5, 40)) ^ (t(6, s6, 40) ^ t(7, s7, 40)));
      l6 =
          (t(0, s0, 48) ^ t(1, s1, 48))
              ^ (t(2, s2, 48) ^ t(3, s3, 48))
              ^ ((t(4, s4, 48) ^ t(5, s5, 48)) ^ (t(6, s6, 48) ^ t(7, s7, 48)));
      l7 =
          (t(0, s0, 56) ^ t(1, s1, 56))
              ^ (t(2, s2, 56) ^ t(3, s3, 56))
              ^ ((t(4, s4, 56) ^ t(5, s5, 56)) ^ (t(6, s6, 56) ^ t(7, s7, 56)));
      s0 = l0;
      s1 = l1;
      s2 = l2;
      s3 = l3;
      s4 = l4;
      s5 = l5;
      s6 = l6;
      s7 = l7;
      k0 ^= C[c + 0];
      k1 ^= C[c + 1];
      k2 ^= C[c + 2];
      k3 ^= C[c + 3];
      k4 ^= C[c + 4];
      k5 ^= C[c + 5];
      k6 ^= C[c + 6];
      k7 ^= C[c + 7];
      l0 =
          (t(0, k0, 0) ^ t(1, k1, 0))
              ^ (t(2, k2, 0) ^ t(3, k3, 0))
              ^ ((t(4, k4, 0) ^ t(5, k5, 0)) ^ (t(6, k6, 0) ^ t(7, k7, 0)));
      l1 =
          (t(0, k0, 8) ^ t(1, k1, 8))
              ^ (t(2, k2, 8) ^ t(3, k3, 8))
              ^ ((t(4, k4, 8) ^ t(5, k5, 8)) ^ (t(6, k6, 8) ^ t(7, k7, 8)));
      l2 =
          (t(0, k0, 16) ^ t(1, k1, 16))
              ^ (t(2, k2, 16) ^ t(3, k3, 16))
              ^ ((t(4, k4, 16) ^ t(5, k5, 16)) ^ (t(6, k6, 16) ^ t(7, k7, 16)));
      l3 =
          (t(0, k0, 24) ^ t(1, k1, 24))
              ^ (t(2, k2, 24) ^ t(3, k3, 24))
              ^ ((t(4, k4, 24) ^ t(5, k5, 24)) ^ (t(6, k6, 24) ^ t(7, k7, 24)));
      l4 =
          (t(0, k0, 32) ^ t(1, k1, 32))
              ^ (t(2, k2, 32) ^ t(3, k3, 32))
              ^ ((t(4, k4, 32) ^ t(5, k5, 32)) ^ (t(6, k6, 32) ^ t(7, k7, 32)));
      l5 =
          (t(0, k0, 40) ^ t(1, k1, 40))
              ^ (t(2, k2, 40) ^ t(3, k3, 40))
              ^ ((t(4, k4, 40) ^ t(5, k5, 40)) ^ (t(6, k6, 40) ^ t(7, k7, 40)));
      l6 =
          (t(0, k0, 48) ^ t(1, k1, 48))
              ^ (t(2, k2, 48) ^ t(3, k3, 48))
              ^ ((t(4, k4, 48) ^ t(5, k5, 48)) ^ (t(6, k6, 48) ^ t(7, k7, 48)));
      l7 =
          (t(0, k0, 56) ^ t(1, k1, 56))
              ^ (t(2, k2, 56) ^ t(3, k3, 56))
              ^ ((t(4, k4, 56) ^ t(5, k5, 56)) ^ (t(6, k6, 56) ^ t(7, k7, 56)));
    }
    target[0] = state[0] ^ block[0] ^ s0 ^ l0;
    target[1] = state[1] ^ block[1] ^ s1 ^ l1;
    target[2] = state[2] ^ block[2] ^ s2 ^ l2;
    target[3] = state[3] ^ block[3] ^ s3 ^ l3;
    target[4] = state[4] ^ block[4] ^ s4 ^ l4;
    target[5] = state[5] ^ block[5] ^ s5 ^ l5;
    target[6] = state[6] ^ block[6] ^ s6 ^ l6;
    target[7] = state[7] ^ block[7] ^ s7 ^ l7;
  }
}
