package dev.tcplay.crypto.kernel;

import static dev.tcplay.crypto.kernel.CompressionFunction.BYTES;

import java.util.HexFormat;

/**
 * The constants of Streebog (RFC 6986), and tables that join its three transformations S, P and L.
 * Words are little-endian, the first is the lowest.
 */
final class StreebogTables {

  private static final int ROUNDS = 12;

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

  /**
   * Eight tables of 256 words, one after the other: the place of the byte's word in the block, then
   * the byte.
   */
  static final long[] T = new long[8 * 256];

  /** The twelve iteration constants, as the RFC prints them, highest byte first. */
  private static final String PRINTED =
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

  /** The same, lowest byte first. */
  static final byte[][] CONSTANTS = new byte[ROUNDS][BYTES];

  static {
    for (int place = 0; place < MATRIX.length; place++) {
      for (int x = 0; x < 256; x++) {
        long row = MATRIX[MATRIX.length - 1 - place];
        long word = 0;
        for (int bit = 0x80; bit != 0; bit >>= 1) {
          word ^= (GostSubstitution.of(x) & bit) != 0 ? row : 0;
          row = halve(row);
        }
        T[256 * place + x] = word;
      }
    }
    byte[] printed = HexFormat.of().parseHex(PRINTED);
    for (int i = 0; i < printed.length; i++) {
      CONSTANTS[i / BYTES][BYTES - 1 - i % BYTES] = printed[i];
    }
  }

  private StreebogTables() {}

  /** Halves the eight bytes of a word, each in the field that the matrix is built on. */
  private static long halve(long word) {
    long odd = word & 0x0101010101010101L;
    return ((word >>> 1) & 0x7f7f7f7f7f7f7f7fL) ^ (odd * 0x8e);
  }
}
