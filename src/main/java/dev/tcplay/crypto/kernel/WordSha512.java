package dev.tcplay.crypto.kernel;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * HMAC over SHA-512 (FIPS 180-4) in words. The platform's instructions are faster, but not before
 * all that leads to them is compiled; this is little code, which is compiled soon.
 *
 * <p>What was searched: words are expanded just before they are needed, between rounds, which took
 * an iteration from 750 to 630 ns; the sums that the next round waits for are added last. Not kept,
 * as no gain: to expand on past the last word needed, which costs a twentieth, to add the constants
 * before by vectors, to share terms of the majority between rounds, to nest rotations, three blocks
 * side by side in lanes. {@link Sha2Hmac} names the check.
 */
final class WordSha512 implements HmacIteration {

  private static final int STATE_WORDS = 8;
  private static final int BLOCK_WORDS = 16;
  private static final int ROUNDS = 80;

  /** The round constants: fractional parts of the cube roots of the first 80 primes. */
  static final long[] K = {
    0x428a2f98d728ae22L, 0x7137449123ef65cdL, 0xb5c0fbcfec4d3b2fL, 0xe9b5dba58189dbbcL,
    0x3956c25bf348b538L, 0x59f111f1b605d019L, 0x923f82a4af194f9bL, 0xab1c5ed5da6d8118L,
    0xd807aa98a3030242L, 0x12835b0145706fbeL, 0x243185be4ee4b28cL, 0x550c7dc3d5ffb4e2L,
    0x72be5d74f27b896fL, 0x80deb1fe3b1696b1L, 0x9bdc06a725c71235L, 0xc19bf174cf692694L,
    0xe49b69c19ef14ad2L, 0xefbe4786384f25e3L, 0x0fc19dc68b8cd5b5L, 0x240ca1cc77ac9c65L,
    0x2de92c6f592b0275L, 0x4a7484aa6ea6e483L, 0x5cb0a9dcbd41fbd4L, 0x76f988da831153b5L,
    0x983e5152ee66dfabL, 0xa831c66d2db43210L, 0xb00327c898fb213fL, 0xbf597fc7beef0ee4L,
    0xc6e00bf33da88fc2L, 0xd5a79147930aa725L, 0x06ca6351e003826fL, 0x142929670a0e6e70L,
    0x27b70a8546d22ffcL, 0x2e1b21385c26c926L, 0x4d2c6dfc5ac42aedL, 0x53380d139d95b3dfL,
    0x650a73548baf63deL, 0x766a0abb3c77b2a8L, 0x81c2c92e47edaee6L, 0x92722c851482353bL,
    0xa2bfe8a14cf10364L, 0xa81a664bbc423001L, 0xc24b8b70d0f89791L, 0xc76c51a30654be30L,
    0xd192e819d6ef5218L, 0xd69906245565a910L, 0xf40e35855771202aL, 0x106aa07032bbd1b8L,
    0x19a4c116b8d2d0c8L, 0x1e376c085141ab53L, 0x2748774cdf8eeb99L, 0x34b0bcb5e19b48a8L,
    0x391c0cb3c5c95a63L, 0x4ed8aa4ae3418acbL, 0x5b9cca4f7763e373L, 0x682e6ff3d6b2b8a3L,
    0x748f82ee5defb2fcL, 0x78a5636f43172f60L, 0x84c87814a1f0ab72L, 0x8cc702081a6439ecL,
    0x90befffa23631e28L, 0xa4506cebde82bde9L, 0xbef9a3f7b2c67915L, 0xc67178f2e372532bL,
    0xca273eceea26619cL, 0xd186b8c721c0c207L, 0xeada7dd6cde0eb1eL, 0xf57d4f7fee6ed178L,
    0x06f067aa72176fbaL, 0x0a637dc5a2c898a6L, 0x113f9804bef90daeL, 0x1b710b35131c471bL,
    0x28db77f523047d84L, 0x32caab7b40c72493L, 0x3c9ebe0a15c9bebcL, 0x431d67c49c100d4cL,
    0x4cc5d4becb3e42b6L, 0x597f299cfc657e2aL, 0x5fcb6fab3ad6faecL, 0x6c44198c4a475817L
  };

  /** The state before any block: fractional parts of the square roots of the first 8 primes. */
  static final long[] INITIAL = {
    0x6a09e667f3bcc908L, 0xbb67ae8584caa73bL, 0x3c6ef372fe94f82bL, 0xa54ff53a5f1d36f1L,
    0x510e527fade682d1L, 0x9b05688c2b3e6c1fL, 0x1f83d9abfb41bd6bL, 0x5be0cd19137e2179L
  };

  private final long[] inner = new long[STATE_WORDS];
  private final long[] outer = new long[STATE_WORDS];

  /** The message's block, then what it is expanded to. */
  private final long[] w = new long[ROUNDS];

  WordSha512(byte[] password) {
    absorb(inner, HmacKey.inner(Prf.SHA512, password));
    absorb(outer, HmacKey.outer(Prf.SHA512, password));
  }

  private void absorb(long[] state, byte[] keyBlock) {
    System.arraycopy(INITIAL, 0, state, 0, STATE_WORDS);
    ByteBuffer.wrap(keyBlock).asLongBuffer().get(w, 0, BLOCK_WORDS);
    compress(state, w, state);
    Arrays.fill(w, 0);
    Arrays.fill(keyBlock, (byte) 0);
  }

  @Override
  public void iterate(byte[] u, byte[] sum, int rounds) {
    long[] total = new long[STATE_WORDS];
    ByteBuffer.wrap(u).asLongBuffer().get(w, 0, STATE_WORDS);
    ByteBuffer.wrap(sum).asLongBuffer().get(total);
    // What follows a digest in its block: a one bit, zeros and the length of key block and digest.
    Arrays.fill(w, STATE_WORDS, BLOCK_WORDS, 0);
    w[STATE_WORDS] = 1L << 63;
    w[BLOCK_WORDS - 1] = 8 * (128 + 64);
    for (int round = 0; round < rounds; round++) {
      compress(inner, w, w);
      compress(outer, w, w);
      for (int i = 0; i < STATE_WORDS; i++) {
        total[i] ^= w[i];
      }
    }
    ByteBuffer.wrap(u).asLongBuffer().put(w, 0, STATE_WORDS);
    ByteBuffer.wrap(sum).asLongBuffer().put(total);
    Arrays.fill(w, 0);
    Arrays.fill(total, 0);
  }

  /**
   * Stores the state that follows the block in the first words of {@code w}; {@code target} may be
   * either array.
   */
  private static void compress(long[] state, long[] w, long[] target) {
    long a = state[0];
    long b = state[1];
    long c = state[2];
    long d = state[3];
    long e = state[4];
    long f = state[5];
    long g = state[6];
    long h = state[7];
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
  private static void expand(long[] w, int t) {
    long x = w[t + 14];
    long y = w[t + 1];
    w[t + 16] =
        (Long.rotateRight(x, 19) ^ Long.rotateRight(x, 61) ^ (x >>> 6))
            + w[t + 9]
            + (Long.rotateRight(y, 1) ^ Long.rotateRight(y, 8) ^ (y >>> 7))
            + w[t];
  }

  private static long sum0(long x) {
    return Long.rotateRight(x, 28) ^ Long.rotateRight(x, 34) ^ Long.rotateRight(x, 39);
  }

  private static long sum1(long x) {
    return Long.rotateRight(x, 14) ^ Long.rotateRight(x, 18) ^ Long.rotateRight(x, 41);
  }

  private static long choose(long x, long y, long z) {
    return z ^ (x & (y ^ z));
  }

  private static long majority(long x, long y, long z) {
    return (x & y) ^ (z & (x ^ y));
  }

  @Override
  public void wipe() {
    for (long[] array : new long[][] {inner, outer, w}) {
      Arrays.fill(array, 0);
    }
  }
}
