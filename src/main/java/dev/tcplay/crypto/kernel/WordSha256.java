package dev.tcplay.crypto.kernel;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * HMAC over SHA-256 (FIPS 180-4) in words, for the time until the platform's is compiled. Its
 * constants are the upper halves of SHA-512's.
 *
 * <p>{@link WordSha512} tells what was searched; here an iteration of 510 ns became one of 460.
 * {@link Sha2Hmac} names the check.
 */
final class WordSha256 implements HmacIteration {

  private static final int STATE_WORDS = 8;
  private static final int BLOCK_WORDS = 16;
  private static final int ROUNDS = 64;

  private static final int[] K = new int[ROUNDS];

  static {
    for (int i = 0; i < ROUNDS; i++) {
      K[i] = (int) (WordSha512.K[i] >>> 32);
    }
  }

  private final int[] inner = new int[STATE_WORDS];
  private final int[] outer = new int[STATE_WORDS];

  /** The message's block, then what it is expanded to. */
  private final int[] w = new int[ROUNDS];

  WordSha256(byte[] password) {
    absorb(inner, HmacKey.inner(Prf.SHA256, password));
    absorb(outer, HmacKey.outer(Prf.SHA256, password));
  }

  private void absorb(int[] state, byte[] keyBlock) {
    for (int i = 0; i < STATE_WORDS; i++) {
      state[i] = (int) (WordSha512.INITIAL[i] >>> 32);
    }
    ByteBuffer.wrap(keyBlock).asIntBuffer().get(w, 0, BLOCK_WORDS);
    compress(state, w, state);
    Arrays.fill(w, 0);
    Arrays.fill(keyBlock, (byte) 0);
  }

  @Override
  public void iterate(byte[] u, byte[] sum, int rounds) {
    int[] total = new int[STATE_WORDS];
    ByteBuffer.wrap(u).asIntBuffer().get(w, 0, STATE_WORDS);
    ByteBuffer.wrap(sum).asIntBuffer().get(total);
    // What follows a digest in its block: a one bit, zeros and the length of key block and digest.
    Arrays.fill(w, STATE_WORDS, BLOCK_WORDS, 0);
    w[STATE_WORDS] = 1 << 31;
    w[BLOCK_WORDS - 1] = 8 * (64 + 32);
    for (int round = 0; round < rounds; round++) {
      compress(inner, w, w);
      compress(outer, w, w);
      for (int i = 0; i < STATE_WORDS; i++) {
        total[i] ^= w[i];
      }
    }
    ByteBuffer.wrap(u).asIntBuffer().put(w, 0, STATE_WORDS);
    ByteBuffer.wrap(sum).asIntBuffer().put(total);
    Arrays.fill(w, 0);
    Arrays.fill(total, 0);
  }

  /**
   * Stores the state that follows the block in the first words of {@code w}; {@code target} may be
   * either array.
   */
  private static void compress(int[] state, int[] w, int[] target) {
    int a = state[0];
    int b = state[1];
    int c = state[2];
    int d = state[3];
    int e = state[4];
    int f = state[5];
    int g = state[6];
    int h = state[7];
    // In this order, which is quicker, since the next round waits for sum1, known last. Words are
    // expanded between rounds, which leave a part of the processor idle. The last rounds are a loop
    // of their own, for no round waits for a word of theirs.
    for (int t = 0; t < ROUNDS - BLOCK_WORDS; t += 8) {
      h = h + (K[t] + w[t]) + choose(e, f, g) + sum1(e);
      d += h;
      h = h + majority(a, b, c) + sum0(a);
      expand(w, t);
      g = g + (K[t + 1] + w[t + 1]) + choose(d, e, f) + sum1(d);
      c += g;
      g = g + majority(h, a, b) + sum0(h);
      expand(w, t + 1);
      f = f + (K[t + 2] + w[t + 2]) + choose(c, d, e) + sum1(c);
      b += f;
      f = f + majority(g, h, a) + sum0(g);
      expand(w, t + 2);
      e = e + (K[t + 3] + w[t + 3]) + choose(b, c, d) + sum1(b);
      a += e;
      e = e + majority(f, g, h) + sum0(f);
      expand(w, t + 3);
      d = d + (K[t + 4] + w[t + 4]) + choose(a, b, c) + sum1(a);
      h += d;
      d = d + majority(e, f, g) + sum0(e);
      expand(w, t + 4);
      c = c + (K[t + 5] + w[t + 5]) + choose(h, a, b) + sum1(h);
      g += c;
      c = c + majority(d, e, f) + sum0(d);
      expand(w, t + 5);
      b = b + (K[t + 6] + w[t + 6]) + choose(g, h, a) + sum1(g);
      f += b;
      b = b + majority(c, d, e) + sum0(c);
      expand(w, t + 6);
      a = a + (K[t + 7] + w[t + 7]) + choose(f, g, h) + sum1(f);
      e += a;
      a = a + majority(b, c, d) + sum0(b);
      expand(w, t + 7);
    }
    for (int t = ROUNDS - BLOCK_WORDS; t < ROUNDS; t += 8) {
      h = h + (K[t] + w[t]) + choose(e, f, g) + sum1(e);
      d += h;
      h = h + majority(a, b, c) + sum0(a);
      g = g + (K[t + 1] + w[t + 1]) + choose(d, e, f) + sum1(d);
      c += g;
      g = g + majority(h, a, b) + sum0(h);
      f = f + (K[t + 2] + w[t + 2]) + choose(c, d, e) + sum1(c);
      b += f;
      f = f + majority(g, h, a) + sum0(g);
      e = e + (K[t + 3] + w[t + 3]) + choose(b, c, d) + sum1(b);
      a += e;
      e = e + majority(f, g, h) + sum0(f);
      d = d + (K[t + 4] + w[t + 4]) + choose(a, b, c) + sum1(a);
      h += d;
      d = d + majority(e, f, g) + sum0(e);
      c = c + (K[t + 5] + w[t + 5]) + choose(h, a, b) + sum1(h);
      g += c;
      c = c + majority(d, e, f) + sum0(d);
      b = b + (K[t + 6] + w[t + 6]) + choose(g, h, a) + sum1(g);
      f += b;
      b = b + majority(c, d, e) + sum0(c);
      a = a + (K[t + 7] + w[t + 7]) + choose(f, g, h) + sum1(f);
      e += a;
      a = a + majority(b, c, d) + sum0(b);
    }
    target[0] = state[0] + a;
    target[1] = state[1] + b;
    target[2] = state[2] + c;
    target[3] = state[3] + d;
    target[4] = state[4] + e;
    target[5] = state[5] + f;
    target[6] = state[6] + g;
    target[7] = state[7] + h;
  }

  /** Computes the word 16 places behind {@code t}. */
  private static void expand(int[] w, int t) {
    int x = w[t + 14];
    int y = w[t + 1];
    w[t + 16] =
        (Integer.rotateRight(x, 17) ^ Integer.rotateRight(x, 19) ^ (x >>> 10))
            + w[t + 9]
            + (Integer.rotateRight(y, 7) ^ Integer.rotateRight(y, 18) ^ (y >>> 3))
            + w[t];
  }

  private static int sum0(int x) {
    return Integer.rotateRight(x, 2) ^ Integer.rotateRight(x, 13) ^ Integer.rotateRight(x, 22);
  }

  private static int sum1(int x) {
    return Integer.rotateRight(x, 6) ^ Integer.rotateRight(x, 11) ^ Integer.rotateRight(x, 25);
  }

  private static int choose(int x, int y, int z) {
    return z ^ (x & (y ^ z));
  }

  private static int majority(int x, int y, int z) {
    return (x & y) ^ (z & (x ^ y));
  }

  @Override
  public void wipe() {
    for (int[] array : new int[][] {inner, outer, w}) {
      Arrays.fill(array, 0);
    }
  }
}
