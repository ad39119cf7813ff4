package dev.tcplay.crypto.kernel;

import static dev.tcplay.crypto.kernel.BlockCipher.BLOCK_BYTES;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Twofish with tables that join the key-dependent S-boxes and the diffusion, four blocks side by
 * side. The tables are looked up by secret data.
 *
 * <p>The blocks are in memory while they go through the rounds. Four blocks do not fit into the
 * registers anyway, and a byte that is an index is loaded by one instruction, while cutting it out
 * of a word takes three. The rounds are a method of their own, too large to become part of another,
 * and the four tables are two arrays, so that all else that the rounds need fits into the
 * registers.
 *
 * <p>What was searched: rounds as a method of their own; two tables rather than four or one; the
 * number of rounds a constant rather than an array's length; each byte loaded where it is used:
 * each decides whether the tables' addresses stay in registers. 72 and 51 microseconds became 44
 * and 45 for 1024 blocks (JDK 17 and 25). Not kept: two, three, five, six or eight blocks, some
 * bytes cut out of words, pairs of bytes loaded at once, words loaded and stored in pairs. To check
 * a new JDK: {@code XtsBenchmark -p chain=Twofish -p bytes=16384}, kernel auto to portable: 2.5 to
 * 3.5 to 1.
 */
final class TwofishKernel extends InterleavedKernel {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final IdleCalls ENCRYPTIONS = new IdleCalls();
  private static final IdleCalls DECRYPTIONS = new IdleCalls();

  private static final int BLOCKS = 4;
  private static final int WIDTH = BLOCKS * BLOCK_BYTES;

  /** Words of keys, of which the whitening keys are the first. */
  private static final int KEYS = 40;

  private static final int WHITENING_KEYS = 8;

  /** The whitening keys by pairs, as blocks are loaded and stored. */
  private final long[] whitening = new long[4];

  private final int[] keys = new int[KEYS];

  /** The tables of a word's two lower bytes, and those of its two higher ones. */
  private final int[] lower = new int[512];

  private final int[] higher = new int[512];
  private final byte[] state = new byte[WIDTH];

  TwofishKernel(byte[] key, int offset) {
    super(BLOCKS, ENCRYPTIONS, DECRYPTIONS);
    TwofishSchedule.expand(key, offset, keys, lower, higher);
    for (int i = 0; i < whitening.length; i++) {
      whitening[i] = (keys[2 * i] & 0xffffffffL) | (long) keys[2 * i + 1] << 32;
    }
  }

  @Override
  void encryptWide(byte[] source, byte[] target, int length) {
    byte[] s = state;
    for (int i = 0; i < length; i += WIDTH) {
      for (int j = 0; j < WIDTH; j += BLOCK_BYTES) {
        LONG.set(s, j, (long) LONG.get(source, i + j) ^ whitening[0]);
        LONG.set(s, j + 8, (long) LONG.get(source, i + j + 8) ^ whitening[1]);
      }
      encryptRounds(s, keys, lower, higher);
      for (int j = 0; j < WIDTH; j += BLOCK_BYTES) {
        LONG.set(target, i + j, (long) LONG.get(s, j + 8) ^ whitening[2]);
        LONG.set(target, i + j + 8, (long) LONG.get(s, j) ^ whitening[3]);
      }
    }
  }

  @Override
  void decryptWide(byte[] source, byte[] target, int length) {
    byte[] s = state;
    for (int i = 0; i < length; i += WIDTH) {
      for (int j = 0; j < WIDTH; j += BLOCK_BYTES) {
        LONG.set(s, j + 8, (long) LONG.get(source, i + j) ^ whitening[2]);
        LONG.set(s, j, (long) LONG.get(source, i + j + 8) ^ whitening[3]);
      }
      decryptRounds(s, keys, lower, higher);
      for (int j = 0; j < WIDTH; j += BLOCK_BYTES) {
        LONG.set(target, i + j, (long) LONG.get(s, j) ^ whitening[0]);
        LONG.set(target, i + j + 8, (long) LONG.get(s, j + 8) ^ whitening[1]);
      }
    }
  }

  private static void encryptRounds(byte[] s, int[] k, int[] t, int[] u) {
    for (int r = WHITENING_KEYS; r < KEYS; r += 4) {
      encryptRound(s, 0, 8, k[r], k[r + 1], t, u);
      encryptRound(s, 16, 24, k[r], k[r + 1], t, u);
      encryptRound(s, 32, 40, k[r], k[r + 1], t, u);
      encryptRound(s, 48, 56, k[r], k[r + 1], t, u);
      encryptRound(s, 8, 0, k[r + 2], k[r + 3], t, u);
      encryptRound(s, 24, 16, k[r + 2], k[r + 3], t, u);
      encryptRound(s, 40, 32, k[r + 2], k[r + 3], t, u);
      encryptRound(s, 56, 48, k[r + 2], k[r + 3], t, u);
    }
  }

  private static void decryptRounds(byte[] s, int[] k, int[] t, int[] u) {
    for (int r = KEYS - 4; r >= WHITENING_KEYS; r -= 4) {
      decryptRound(s, 8, 0, k[r + 2], k[r + 3], t, u);
      decryptRound(s, 24, 16, k[r + 2], k[r + 3], t, u);
      decryptRound(s, 40, 32, k[r + 2], k[r + 3], t, u);
      decryptRound(s, 56, 48, k[r + 2], k[r + 3], t, u);
      decryptRound(s, 0, 8, k[r], k[r + 1], t, u);
      decryptRound(s, 16, 24, k[r], k[r + 1], t, u);
      decryptRound(s, 32, 40, k[r], k[r + 1], t, u);
      decryptRound(s, 48, 56, k[r], k[r + 1], t, u);
    }
  }

  /**
   * Puts the half block at byte {@code a} through the function F, and mixes the result into the
   * half at byte {@code c}.
   */
  private static void encryptRound(byte[] s, int a, int c, int k0, int k1, int[] t, int[] u) {
    int y = g(s, a + 7, a + 4, a + 5, a + 6, t, u);
    int x = y + g(s, a, a + 1, a + 2, a + 3, t, u);
    INT.set(s, c, Integer.rotateRight((int) INT.get(s, c) ^ (x + k0), 1));
    INT.set(s, c + 4, Integer.rotateLeft((int) INT.get(s, c + 4), 1) ^ (x + y + k1));
  }

  private static void decryptRound(byte[] s, int a, int c, int k0, int k1, int[] t, int[] u) {
    int y = g(s, a + 7, a + 4, a + 5, a + 6, t, u);
    int x = y + g(s, a, a + 1, a + 2, a + 3, t, u);
    INT.set(s, c, Integer.rotateLeft((int) INT.get(s, c), 1) ^ (x + k0));
    INT.set(s, c + 4, Integer.rotateRight((int) INT.get(s, c + 4) ^ (x + y + k1), 1));
  }

  /** The function g of the word whose bytes, the lowest first, are at the given places. */
  private static int g(byte[] s, int b0, int b1, int b2, int b3, int[] t, int[] u) {
    return (t[s[b0] & 0xff] ^ t[256 + (s[b1] & 0xff)])
        ^ (u[s[b2] & 0xff] ^ u[256 + (s[b3] & 0xff)]);
  }

  @Override
  public void wipe() {
    super.wipe();
    Arrays.fill(state, (byte) 0);
    Arrays.fill(whitening, 0);
    for (int[] words : new int[][] {keys, lower, higher}) {
      Arrays.fill(words, 0);
    }
  }
}
