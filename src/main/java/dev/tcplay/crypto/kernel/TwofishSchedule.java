package dev.tcplay.crypto.kernel;

import java.util.Arrays;

/** Twofish's key schedule for 256-bit keys, with full tables of the key-dependent S-boxes. */
final class TwofishSchedule {

  /** The fixed permutations q0 and q1. */
  private static final int[][] Q = {
    permutation("817d6f320b59eca4", "ecb81235f4a6709d", "ba5e6d90c8f32471", "d7f4126e9b3085ca"),
    permutation("28bdf76e31940ac5", "1e2b4c376da5f908", "4c75169a0ed82b3f", "b951c3de647f208a")
  };

  /** Which permutation each byte passes in the five layers of the S-boxes, outermost last. */
  private static final int[][] LAYERS = {
    {1, 0, 0, 1}, {1, 1, 0, 0}, {0, 1, 0, 1}, {0, 0, 1, 1}, {1, 0, 1, 0}
  };

  private static final int[][] MDS = {
    {0x01, 0xef, 0x5b, 0x5b},
    {0x5b, 0xef, 0xef, 0x01},
    {0xef, 0x5b, 0x01, 0xef},
    {0xef, 0x01, 0xef, 0x5b}
  };

  private static final int[][] RS = {
    {0x01, 0xa4, 0x55, 0x87, 0x5a, 0x58, 0xdb, 0x9e},
    {0xa4, 0x56, 0x82, 0xf3, 0x1e, 0xc6, 0x68, 0xe5},
    {0x02, 0xa1, 0xfc, 0xc1, 0x47, 0xae, 0x3d, 0x19},
    {0xa4, 0x55, 0x87, 0x5a, 0x58, 0xdb, 0x9e, 0x03}
  };

  private static final int MDS_POLYNOMIAL = 0x169;
  private static final int RS_POLYNOMIAL = 0x14d;

  private TwofishSchedule() {}

  /**
   * Expands a key.
   *
   * @param keys receives the 40 words of round keys
   * @param lower receives two tables of 256 words, one after the other: what the lowest byte of a
   *     word, and the one above it, contribute to the function g
   * @param higher receives the same for the two higher bytes
   */
  static void expand(byte[] key, int offset, int[] keys, int[] lower, int[] higher) {
    byte[] even = new byte[16];
    byte[] odd = new byte[16];
    byte[] sbox = new byte[16];
    for (int i = 0; i < 4; i++) {
      System.arraycopy(key, offset + 8 * i, even, 4 * i, 4);
      System.arraycopy(key, offset + 8 * i + 4, odd, 4 * i, 4);
      for (int row = 0; row < 4; row++) {
        int sum = 0;
        for (int column = 0; column < 8; column++) {
          sum ^= multiply(RS[row][column], key[offset + 8 * i + column] & 0xff, RS_POLYNOMIAL);
        }
        sbox[4 * (3 - i) + row] = (byte) sum;
      }
    }
    for (int x = 0; x < 256; x++) {
      lower[x] = column(0, x, sbox);
      lower[256 + x] = column(1, x, sbox);
      higher[x] = column(2, x, sbox);
      higher[256 + x] = column(3, x, sbox);
    }
    for (int i = 0; i < 20; i++) {
      int a = mix(2 * i, even);
      int b = Integer.rotateLeft(mix(2 * i + 1, odd), 8);
      keys[2 * i] = a + b;
      keys[2 * i + 1] = Integer.rotateLeft(a + 2 * b, 9);
    }
    Arrays.fill(even, (byte) 0);
    Arrays.fill(odd, (byte) 0);
    Arrays.fill(sbox, (byte) 0);
  }

  private static int[] permutation(String... tables) {
    int[] q = new int[256];
    for (int x = 0; x < 256; x++) {
      int a = x >> 4;
      int b = x & 15;
      for (int i = 0; i < 4; i += 2) {
        int sum = a ^ b;
        int turned = (a ^ (b >> 1) ^ (b << 3) ^ (a << 3)) & 15;
        a = Character.digit(tables[i].charAt(sum), 16);
        b = Character.digit(tables[i + 1].charAt(turned), 16);
      }
      q[x] = (b << 4) | a;
    }
    return q;
  }

  private static int multiply(int a, int b, int polynomial) {
    int product = 0;
    for (int bit = b; bit != 0; bit >>= 1) {
      product ^= (bit & 1) * a;
      a = (a << 1) ^ ((a >> 7) * polynomial);
    }
    return product;
  }

  /** The function h for a word whose four bytes are all {@code x}. */
  private static int mix(int x, byte[] list) {
    return column(0, x, list) ^ column(1, x, list) ^ column(2, x, list) ^ column(3, x, list);
  }

  /** What the byte {@code x} at place {@code j} contributes to the function h under four words. */
  private static int column(int j, int x, byte[] list) {
    int y = x;
    for (int layer = 0; layer < 4; layer++) {
      y = Q[LAYERS[layer][j]][y] ^ (list[4 * (3 - layer) + j] & 0xff);
    }
    y = Q[LAYERS[4][j]][y];
    int word = 0;
    for (int row = 0; row < 4; row++) {
      word |= multiply(MDS[row][j], y, MDS_POLYNOMIAL) << (8 * row);
    }
    return word;
  }
}
