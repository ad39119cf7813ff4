package dev.tcplay.crypto.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The compression function that Whirlpool and Streebog are built on: the state gives the round keys
 * of a block cipher of 64 bytes, and the block, its ciphertext and the state are added up (XOR). A
 * state that many blocks follow needs its round keys once, which are half of the work. Before any
 * block a subclass must be told which state it follows. Not thread-safe.
 *
 * <p>What goes through the rounds is in memory, in the order of the standards. Eight words do not
 * fit into the registers beside the eight that they become, and a byte that is an index is loaded
 * by one instruction, while cutting it out of a word takes two or three.
 *
 * <p>What was searched: states in memory took Whirlpool from 17.3 to 12.9 ms and Streebog from 52
 * to between 38 and 48 for 10,000 iterations (JDK 17); each carries its key chain along beside.
 * {@link Whirlpool} and {@link Streebog} name their checks.
 */
abstract sealed class CompressionFunction permits Whirlpool, Streebog {

  /** The size of a block, of the state and of a digest. */
  static final int BYTES = 64;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The state that the next blocks follow, set by the subclass together with the keys. */
  final byte[] state = new byte[BYTES];

  /** The round keys; the first is added before the first round. */
  final byte[][] keys;

  private final byte[] text = new byte[BYTES];

  CompressionFunction(int rounds) {
    keys = new byte[rounds + 1][BYTES];
  }

  /** Stores the state that follows a block; {@code target} may be the block. */
  final void compress(byte[] block, byte[] target) {
    add(block, keys[0], text);
    for (int i = 1; i < keys.length; i++) {
      round(text, keys[i], text);
    }
    add(text, block, text);
    add(text, state, target);
  }

  /** One round and the key after it; the arrays may be the same. */
  abstract void round(byte[] source, byte[] key, byte[] target);

  /** Adds two blocks (XOR); the arrays may be the same. */
  static void add(byte[] a, byte[] b, byte[] target) {
    for (int i = 0; i < BYTES; i += Long.BYTES) {
      set(target, i, get(a, i) ^ get(b, i));
    }
  }

  /** Returns the little-endian word at a byte. */
  static long get(byte[] words, int at) {
    return (long) WORD.get(words, at);
  }

  static void set(byte[] words, int at, long value) {
    WORD.set(words, at, value);
  }

  static void store(
      byte[] target, long w0, long w1, long w2, long w3, long w4, long w5, long w6, long w7) {
    set(target, 0, w0);
    set(target, 8, w1);
    set(target, 16, w2);
    set(target, 24, w3);
    set(target, 32, w4);
    set(target, 40, w5);
    set(target, 48, w6);
    set(target, 56, w7);
  }

  /**
   * Adds up one word of each of eight tables.
   *
   * @param t the tables of 256 words, one after the other
   * @param s the state, whose bytes are the indices
   * @param b0 the place of the first table's index in the state, and so on
   */
  static long lookUp(
      long[] t, byte[] s, int b0, int b1, int b2, int b3, int b4, int b5, int b6, int b7) {
    return ((t[s[b0] & 0xff] ^ t[256 + (s[b1] & 0xff)])
            ^ (t[512 + (s[b2] & 0xff)] ^ t[768 + (s[b3] & 0xff)]))
        ^ ((t[1024 + (s[b4] & 0xff)] ^ t[1280 + (s[b5] & 0xff)])
            ^ (t[1536 + (s[b6] & 0xff)] ^ t[1792 + (s[b7] & 0xff)]));
  }

  void wipe() {
    Arrays.fill(state, (byte) 0);
    Arrays.fill(text, (byte) 0);
    for (byte[] key : keys) {
      Arrays.fill(key, (byte) 0);
    }
  }
}
