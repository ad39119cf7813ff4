package dev.tcplay.crypto.kernel;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Whirlpool (ISO/IEC 10118-3, its final version). Eight tables join the S-box and the matrix; they
 * are looked up by secret data.
 *
 * <p>{@link CompressionFunction} tells what was searched. To check a new JDK: {@code
 * Pbkdf2Benchmark -p prf=WHIRLPOOL}, kernel auto to portable: 5 to 7 to 1.
 */
final class Whirlpool extends CompressionFunction {

  private static final int ROUNDS = 10;

  /** Eight tables of 256 words, one after the other: the byte's place in its row, its value. */
  private static final long[] T = new long[8 * 256];

  /** What is added to the key in each round. */
  private static final byte[][] CONSTANTS = new byte[ROUNDS][BYTES];

  static {
    int[] sbox = substitution();
    int[] row = {1, 1, 4, 1, 8, 5, 2, 9};
    for (int x = 0; x < 256; x++) {
      long word = 0;
      for (int i = 0; i < row.length; i++) {
        word |= (long) multiply(sbox[x], row[i]) << (Byte.SIZE * i);
      }
      for (int place = 0; place < row.length; place++) {
        T[256 * place + x] = Long.rotateLeft(word, Byte.SIZE * place);
      }
    }
    for (int i = 0; i < 8 * ROUNDS; i++) {
      CONSTANTS[i / 8][i % 8] = (byte) sbox[i];
    }
  }

  Whirlpool() {
    super(ROUNDS);
  }

  /** Builds the S-box from the standard's three small ones. */
  private static int[] substitution() {
    int[] e = {0x1, 0xb, 0x9, 0xc, 0xd, 0x6, 0xf, 0x3, 0xe, 0x8, 0x7, 0x4, 0xa, 0x2, 0x5, 0x0};
    int[] r = {0x7, 0xc, 0xb, 0xd, 0xe, 0x4, 0x9, 0xf, 0x6, 0x3, 0x8, 0xa, 0x2, 0x5, 0x1, 0x0};
    int[] inverseE = new int[16];
    for (int i = 0; i < 16; i++) {
      inverseE[e[i]] = i;
    }
    int[] sbox = new int[256];
    for (int x = 0; x < 256; x++) {
      int high = e[x >> 4];
      int low = inverseE[x & 15];
      int middle = r[high ^ low];
      sbox[x] = (e[high ^ middle] << 4) | inverseE[low ^ middle];
    }
    return sbox;
  }

  /** Multiplies in the field of the polynomial x^8 + x^4 + x^3 + x^2 + 1. */
  private static int multiply(int a, int b) {
    int product = 0;
    for (int bit = b; bit != 0; bit >>= 1) {
      product ^= (bit & 1) * a;
      a = (a << 1) ^ ((a >> 7) * 0x11d);
    }
    return product;
  }

  /**
   * Returns the hash of a message. After it come a one bit, zeros and its length in bits, in 32
   * bytes, of which the last eight are enough.
   */
  static byte[] hash(byte[] message) {
    byte[] padded = MessageHash.padded(message, 1 + 32);
    padded[message.length] = (byte) 0x80;
    ByteBuffer.wrap(padded).putLong(padded.length - Long.BYTES, (long) Byte.SIZE * message.length);
    Whirlpool function = new Whirlpool();
    byte[] block = new byte[BYTES];
    byte[] digest = new byte[BYTES];
    for (int at = 0; at < padded.length; at += BYTES) {
      System.arraycopy(padded, at, block, 0, BYTES);
      function.follow(digest);
      function.compress(block, digest);
    }
    function.wipe();
    Arrays.fill(padded, (byte) 0);
    Arrays.fill(block, (byte) 0);
    return digest;
  }

  /** Lets the next blocks follow a state, which is copied. */
  void follow(byte[] newState) {
    System.arraycopy(newState, 0, state, 0, BYTES);
    System.arraycopy(newState, 0, keys[0], 0, BYTES);
    for (int i = 0; i < ROUNDS; i++) {
      round(keys[i], CONSTANTS[i], keys[i + 1]);
    }
  }

  @Override
  void round(byte[] source, byte[] key, byte[] target) {
    long l0 = lookUp(T, source, 0, 57, 50, 43, 36, 29, 22, 15) ^ get(key, 0);
    long l1 = lookUp(T, source, 8, 1, 58, 51, 44, 37, 30, 23) ^ get(key, 8);
    long l2 = lookUp(T, source, 16, 9, 2, 59, 52, 45, 38, 31) ^ get(key, 16);
    long l3 = lookUp(T, source, 24, 17, 10, 3, 60, 53, 46, 39) ^ get(key, 24);
    long l4 = lookUp(T, source, 32, 25, 18, 11, 4, 61, 54, 47) ^ get(key, 32);
    long l5 = lookUp(T, source, 40, 33, 26, 19, 12, 5, 62, 55) ^ get(key, 40);
    long l6 = lookUp(T, source, 48, 41, 34, 27, 20, 13, 6, 63) ^ get(key, 48);
    long l7 = lookUp(T, source, 56, 49, 42, 35, 28, 21, 14, 7) ^ get(key, 56);
    store(target, l0, l1, l2, l3, l4, l5, l6, l7);
  }
}
