package dev.tcplay.crypto.kernel;

import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * Unkeyed BLAKE2s-256 (RFC 7693).
 *
 * <p>No other order of statements is on record as tried. To check a new JDK: {@code Pbkdf2Benchmark
 * -p prf=BLAKE2S}, kernel auto to portable: 2.2 to 2.8 to 1.
 */
final class Blake2s {

  static final int STATE_WORDS = 8;
  static final int BLOCK_WORDS = 16;

  private static final int[] IV = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
  };

  /** Digest length 32, no key, sequential. */
  private static final int PARAMETERS = 0x01010020;

  /** The order in which the ten rounds take the message words; BLAKE2b's twelve begin anew. */
  static final byte[][] SIGMA = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}
  };

  private Blake2s() {}

  /** Returns a new array with the state before any block. */
  static int[] initialState() {
    int[] state = IV.clone();
    state[0] ^= PARAMETERS;
    return state;
  }

  /**
   * Returns the hash of a message. Zeros, which the byte counter leaves out, fill its last block.
   */
  static byte[] hash(byte[] message) {
    byte[] padded = MessageHash.padded(message, 0);
    IntBuffer words = MessageHash.little(padded).asIntBuffer();
    int[] state = initialState();
    int[] block = new int[BLOCK_WORDS];
    while (words.hasRemaining()) {
      words.get(block);
      int bytes = Math.min(Integer.BYTES * words.position(), message.length);
      compress(state, block, bytes, words.hasRemaining() ? 0 : -1, state);
    }
    byte[] digest = new byte[Integer.BYTES * STATE_WORDS];
    MessageHash.little(digest).asIntBuffer().put(state);
    Arrays.fill(padded, (byte) 0);
    Arrays.fill(state, 0);
    Arrays.fill(block, 0);
    return digest;
  }

  /**
   * Stores the state that follows a block in the first words of {@code target}, which may be either
   * array.
   *
   * @param bytes length of the message so far
   * @param last -1 for the last block, 0 for others
   */
  static void compress(int[] state, int[] m, int bytes, int last, int[] target) {
    int v0 = state[0];
    int v1 = state[1];
    int v2 = state[2];
    int v3 = state[3];
    int v4 = state[4];
    int v5 = state[5];
    int v6 = state[6];
    int v7 = state[7];
    int v8 = IV[0];
    int v9 = IV[1];
    int v10 = IV[2];
    int v11 = IV[3];
    int v12 = IV[4] ^ bytes;
    int v13 = IV[5];
    int v14 = IV[6] ^ last;
    int v15 = IV[7];
    for (byte[] sigma : SIGMA) {
      v0 += v4 + m[sigma[0]];
      v12 = Integer.rotateRight(v12 ^ v0, 16);
      v8 += v12;
      v4 = Integer.rotateRight(v4 ^ v8, 12);
      v0 += v4 + m[sigma[1]];
      v12 = Integer.rotateRight(v12 ^ v0, 8);
      v8 += v12;
      v4 = Integer.rotateRight(v4 ^ v8, 7);
      v1 += v5 + m[sigma[2]];
      v13 = Integer.rotateRight(v13 ^ v1, 16);
      v9 += v13;
      v5 = Integer.rotateRight(v5 ^ v9, 12);
      v1 += v5 + m[sigma[3]];
      v13 = Integer.rotateRight(v13 ^ v1, 8);
      v9 += v13;
      v5 = Integer.rotateRight(v5 ^ v9, 7);
      v2 += v6 + m[sigma[4]];
      v14 = Integer.rotateRight(v14 ^ v2, 16);
      v10 += v14;
      v6 = Integer.rotateRight(v6 ^ v10, 12);
      v2 += v6 + m[sigma[5]];
      v14 = Integer.rotateRight(v14 ^ v2, 8);
      v10 += v14;
      v6 = Integer.rotateRight(v6 ^ v10, 7);
      v3 += v7 + m[sigma[6]];
      v15 = Integer.rotateRight(v15 ^ v3, 16);
      v11 += v15;
      v7 = Integer.rotateRight(v7 ^ v11, 12);
      v3 += v7 + m[sigma[7]];
      v15 = Integer.rotateRight(v15 ^ v3, 8);
      v11 += v15;
      v7 = Integer.rotateRight(v7 ^ v11, 7);
      v0 += v5 + m[sigma[8]];
      v15 = Integer.rotateRight(v15 ^ v0, 16);
      v10 += v15;
      v5 = Integer.rotateRight(v5 ^ v10, 12);
      v0 += v5 + m[sigma[9]];
      v15 = Integer.rotateRight(v15 ^ v0, 8);
      v10 += v15;
      v5 = Integer.rotateRight(v5 ^ v10, 7);
      v1 += v6 + m[sigma[10]];
      v12 = Integer.rotateRight(v12 ^ v1, 16);
      v11 += v12;
      v6 = Integer.rotateRight(v6 ^ v11, 12);
      v1 += v6 + m[sigma[11]];
      v12 = Integer.rotateRight(v12 ^ v1, 8);
      v11 += v12;
      v6 = Integer.rotateRight(v6 ^ v11, 7);
      v2 += v7 + m[sigma[12]];
      v13 = Integer.rotateRight(v13 ^ v2, 16);
      v8 += v13;
      v7 = Integer.rotateRight(v7 ^ v8, 12);
      v2 += v7 + m[sigma[13]];
      v13 = Integer.rotateRight(v13 ^ v2, 8);
      v8 += v13;
      v7 = Integer.rotateRight(v7 ^ v8, 7);
      v3 += v4 + m[sigma[14]];
      v14 = Integer.rotateRight(v14 ^ v3, 16);
      v9 += v14;
      v4 = Integer.rotateRight(v4 ^ v9, 12);
      v3 += v4 + m[sigma[15]];
      v14 = Integer.rotateRight(v14 ^ v3, 8);
      v9 += v14;
      v4 = Integer.rotateRight(v4 ^ v9, 7);
    }
    target[0] = state[0] ^ v0 ^ v8;
    target[1] = state[1] ^ v1 ^ v9;
    target[2] = state[2] ^ v2 ^ v10;
    target[3] = state[3] ^ v3 ^ v11;
    target[4] = state[4] ^ v4 ^ v12;
    target[5] = state[5] ^ v5 ^ v13;
    target[6] = state[6] ^ v6 ^ v14;
    target[7] = state[7] ^ v7 ^ v15;
  }
}
