package dev.tcplay.crypto.kernel;

import java.nio.LongBuffer;
import java.util.Arrays;

/** Unkeyed BLAKE2b (RFC 7693), for the few hashes of Argon2 that are not of its memory. */
public final class Blake2b {

  private static final int STATE_WORDS = 8;
  private static final int BLOCK_WORDS = 16;
  private static final int BLOCK_BYTES = Long.BYTES * BLOCK_WORDS;
  private static final int ROUNDS = 12;

  /** No key, sequential; the digest length is added. */
  private static final long PARAMETERS = 0x01010000;

  private Blake2b() {}

  /**
   * Returns the hash of a message (section 3.3). Zeros, which the byte counter leaves out, fill its
   * last block.
   *
   * @param digestBytes 1 to 64
   * @param parts the message, one array after the other
   */
  public static byte[] hash(int digestBytes, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    int blocks = Math.max(1, (length + BLOCK_BYTES - 1) / BLOCK_BYTES);
    byte[] padded = new byte[blocks * BLOCK_BYTES];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, padded, at, part.length);
      at += part.length;
    }
    LongBuffer words = MessageHash.little(padded).asLongBuffer();
    long[] state = WordSha512.INITIAL.clone(); // section 2.6: BLAKE2b's, too
    state[0] ^= PARAMETERS + digestBytes;
    long[] block = new long[BLOCK_WORDS];
    while (words.hasRemaining()) {
      words.get(block);
      int bytes = Math.min(Long.BYTES * words.position(), length);
      compress(state, block, bytes, words.hasRemaining() ? 0 : -1);
    }
    byte[] whole = new byte[Long.BYTES * STATE_WORDS];
    MessageHash.little(whole).asLongBuffer().put(state);
    byte[] digest = Arrays.copyOf(whole, digestBytes);
    Arrays.fill(padded, (byte) 0);
    Arrays.fill(whole, (byte) 0);
    Arrays.fill(state, 0);
    Arrays.fill(block, 0);
    return digest;
  }

  /**
   * The compression function F (section 3.2): replaces the state by the one that follows a block.
   *
   * @param bytes length of the message so far
   * @param last -1 for the last block, 0 for others
   */
  private static void compress(long[] state, long[] m, long bytes, long last) {
    long[] v = Arrays.copyOf(state, 2 * STATE_WORDS);
    System.arraycopy(WordSha512.INITIAL, 0, v, STATE_WORDS, STATE_WORDS);
    v[12] ^= bytes;
    v[14] ^= last;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] sigma = Blake2s.SIGMA[round % Blake2s.SIGMA.length];
      for (int i = 0; i < 4; i++) {
        mix(v, i, 4 + i, 8 + i, 12 + i, m[sigma[2 * i]], m[sigma[2 * i + 1]]);
      }
      for (int i = 0; i < 4; i++) {
        int b = 4 + (i + 1) % 4;
        int c = 8 + (i + 2) % 4;
        int d = 12 + (i + 3) % 4;
        mix(v, i, b, c, d, m[sigma[8 + 2 * i]], m[sigma[9 + 2 * i]]);
      }
    }
    for (int i = 0; i < STATE_WORDS; i++) {
      state[i] ^= v[i] ^ v[i + STATE_WORDS];
    }
    Arrays.fill(v, 0);
  }

  /** The mixing function G (section 3.1). */
  private static void mix(long[] v, int a, int b, int c, int d, long x, long y) {
    v[a] += v[b] + x;
    v[d] = Long.rotateRight(v[d] ^ v[a], 32);
    v[c] += v[d];
    v[b] = Long.rotateRight(v[b] ^ v[c], 24);
    v[a] += v[b] + y;
    v[d] = Long.rotateRight(v[d] ^ v[a], 16);
    v[c] += v[d];
    v[b] = Long.rotateRight(v[b] ^ v[c], 63);
  }
}
