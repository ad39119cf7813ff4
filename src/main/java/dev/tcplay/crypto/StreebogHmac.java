package dev.tcplay.crypto;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * HMAC over Streebog-512 (RFC 6986) with tables that join its three transformations S, P and L. The
 * tables are looked up by secret data. Words are little-endian, the first is the lowest.
 */
final class StreebogHmac extends WordHmac {

  static final int WORDS = 8;
  static final int ROUNDS = 12;
  private static final long BLOCK_BITS = 512;

  /** Every eighth row of the matrix of L; the rows between are its multiples in a small field. */
  private static final long[] MATRIX = {
    0x8e20faa72ba0b470L,
    0xa011d380818e8f40L,
    0x90dab52a387ae76fL,
    0x9d4df05d5f661451L,
    0x86275df09ce8aaa8L,
    0x456c34887a3805b9L,
    0xe4fa2054a80b329cL,
    0x70a6a56e2440598eL
  };

  /** Eight tables of 256 words, one after the other: the byte's place, then its value. */
  private static final long[] T = new long[WORDS * 256];

  /** The twelve iteration constants, as the RFC prints them, highest byte first. */
  private static final String CONSTANTS =
      "b1085bda1ecadae9ebcb2f81c0657c1f2f6a76432e45d016714eb88d7585c4fc"
          + "4b7ce09192676901a2422a08a460d31505767436cc744d23dd806559f2a64507"
          + "6fa3b58aa99d2f1a4fe39d460f70b5d7f3feea720a232b9861d55e0f16b50131"
          + "9ab5176b12d699585cb561c2db0aa7ca55dda21bd7cbcd56e679047021b19bb7"
          + "f574dcac2bce2fc70a39fc286a3d843506f15e5f529c1f8bf2ea7514b1297b7b"
          + "d3e20fe490359eb1c1c93a376062db09c2b6f443867adb31991e96f50aba0ab2"
          + "ef1fdfb3e81566d2f948e1a05d71e4dd488e857e335c3c7d9d721cad685e353f"
          + "a9d72c82ed03d675d8b71333935203be3453eaa193e837f1220cbebc84e3d12e"
          + "4bea6bacad4747999a3f410c6ca923637f151c1f1686104a359e35d7800fffbd"
          + "bfcd1747253af5a3dfff00b723271a167a56a27ea9ea63f5601758fd7c6cfe57"
          + "ae4faeae1d3ad3d96fa4c33b7a3039c02d66c4f95142a46c187f9ab49af08ec6"
          + "cffaa6b71c9ab7b40af21f66c2bec6b6bf71c57236904f35fa68407a46647d6e"
          + "f4c70e16eeaac5ec51ac86febf240954399ec6c7e6bf87c9d3473e33197a93c9"
          + "0992abc52d822c3706476983284a05043517454ca23c4af38886564d3a14d493"
          + "9b1f5b424d93c9a703e7aa020c6e41414eb7f8719c36de1e89b4443b4ddbc49a"
          + "f4892bcb929b069069d18d2bd1a5c42f36acc2355951a8d9a47f0dd4bf02e71e"
          + "378f5a541631229b944c9ad8ec165fde3a7d3a1b258942243cd955b7e00d0984"
          + "800a440bdbb2ceb17b2b8a9aa6079c540e38dc92cb1f2a607261445183235adb"
          + "abbedea680056f52382ae548b2e4f3f38941e71cff8a78db1fffe18a1b336103"
          + "9fe76702af69334b7a1e6c303b7652f43698fad1153bb6c374b4c7fb98459ced"
          + "7bcd9ed0efc889fb3002c6cd635afe94d8fa6bbbebab07612001802114846679"
          + "8a1d71efea48b9caefbacd1d7d476e98dea2594ac06fd85d6bcaa4cd81f32d1b"
          + "378ee767f11631bad21380b00449b17acda43c32bcdf1d77f82012d430219f9b"
          + "5d80ef9d1891cc86e71da4aa88e12852faf417d5d9b21b9948bc924af11bd720";

  static final long[] C = new long[WORDS * ROUNDS];

  static {
    for (int place = 0; place < WORDS; place++) {
      for (int x = 0; x < 256; x++) {
        long row = MATRIX[WORDS - 1 - place];
        long word = 0;
        for (int bit = 0x80; bit != 0; bit >>= 1) {
          word ^= (GostSubstitution.of(x) & bit) != 0 ? row : 0;
          row = halve(row);
        }
        T[256 * place + x] = word;
      }
    }
    ByteBuffer constants = ByteBuffer.wrap(HexFormat.of().parseHex(CONSTANTS));
    for (int i = 0; i < C.length; i++) {
      C[i] = constants.getLong(Long.BYTES * (i - i % WORDS + WORDS - 1 - i % WORDS));
    }
  }

  /** A block of the message's end, when nothing of the message is left: a single one bit. */
  private static final long[] PADDING = {1, 0, 0, 0, 0, 0, 0, 0};

  /** The length of a MAC's two blocks, in bits. */
  private static final long[] LENGTH = {2 * BLOCK_BITS, 0, 0, 0, 0, 0, 0, 0};

  private final long[] innerKey = new long[WORDS];
  private final long[] outerKey = new long[WORDS];
  private final long[] inner = new long[WORDS];
  private final long[] outer = new long[WORDS];
  private final StreebogSchedule innerSchedule;
  private final StreebogSchedule outerSchedule;
  private final long[] checksum = new long[WORDS];

  StreebogHmac(byte[] password) {
    super(Prf.STREEBOG, password);
    absorb(innerKey, inner, HmacKey.inner(Prf.STREEBOG, password));
    absorb(outerKey, outer, HmacKey.outer(Prf.STREEBOG, password));
    innerSchedule = new StreebogSchedule(inner, BLOCK_BITS);
    outerSchedule = new StreebogSchedule(outer, BLOCK_BITS);
  }

  /** Halves the eight bytes of a word, each in the field that the matrix is built on. */
  private static long halve(long word) {
    long odd = word & 0x0101010101010101L;
    return ((word >>> 1) & 0x7f7f7f7f7f7f7f7fL) ^ (odd * 0x8e);
  }

  private static void absorb(long[] words, long[] state, byte[] keyBlock) {
    little(keyBlock).asLongBuffer().get(words);
    compress(state, 0, words, state);
    Arrays.fill(keyBlock, (byte) 0);
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void iterate(byte[] u, byte[] sum, int rounds) {
    long[] word = new long[WORDS];
    long[] total = new long[WORDS];
    little(u).asLongBuffer().get(word);
    little(sum).asLongBuffer().get(total);
    for (int round = 0; round < rounds; round++) {
      hash(innerKey, innerSchedule, word);
      hash(outerKey, outerSchedule, word);
      for (int i = 0; i < WORDS; i++) {
        total[i] ^= word[i];
      }
    }
    little(u).asLongBuffer().put(word);
    little(sum).asLongBuffer().put(total);
    Arrays.fill(word, 0);
    Arrays.fill(total, 0);
    Arrays.fill(checksum, 0);
  }

  /** Replaces a block by the hash of the key block and itself. */
  private void hash(long[] key, StreebogSchedule afterKey, long[] block) {
    checksum(key, block);
    afterKey.compress(block, block);
    compress(block, 2 * BLOCK_BITS, PADDING, block);
    compress(block, 0, LENGTH, block);
    compress(block, 0, checksum, block);
  }

  /** Adds the three blocks, modulo 2^512. */
  private void checksum(long[] key, long[] block) {
    long carry = PADDING[0];
    for (int i = 0; i < WORDS; i++) {
      long partial = key[i] + carry;
      carry = Long.compareUnsigned(partial, carry) < 0 ? 1 : 0;
      long whole = partial + block[i];
      carry += Long.compareUnsigned(whole, partial) < 0 ? 1 : 0;
      checksum[i] = whole;
    }
  }

  /** The compression function g: stores the state that follows a block; arrays may be the same. */
  private static void compress(long[] state, long bitsBefore, long[] block, long[] target) {
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

  static long t(int place, long word, int shift) {
    return T[256 * place + ((int) (word >>> shift) & 0xff)];
  }

  @Override
  public void wipe() {
    super.wipe();
    for (long[] array : new long[][] {innerKey, outerKey, inner, outer, checksum}) {
      Arrays.fill(array, 0);
    }
    innerSchedule.wipe();
    outerSchedule.wipe();
  }
}
