package dev.tcplay.crypto.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Kuznyechik (RFC 7801) with tables that join the substitution and the linear transformation of a
 * byte, two blocks side by side. The tables are looked up by secret data.
 *
 * <p>What was searched: tables are built from single bits and without method references, as each
 * search for a header waits for them; decryption substitutes four bytes at a time at its ends. Not
 * kept: blocks in memory as in {@link TwofishKernel}, which takes twice as long with one table or
 * two and two blocks or four; an array of tables that the compiler does not know, which is no gain.
 * To check a new JDK: {@code XtsBenchmark -p chain=Kuznyechik -p bytes=16384}, kernel auto to
 * portable: 3.2 to 3.5 to 1, for both directions.
 */
final class KuznyechikKernel extends InterleavedKernel {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int BLOCK = BlockCipher.BLOCK_BYTES;
  private static final int ROUND_KEYS = 10;

  /** The linear feedback of the transformation R, for the first byte of a block to the last. */
  private static final int[] FACTORS = {
    148, 32, 133, 16, 194, 192, 1, 251, 1, 192, 194, 16, 133, 32, 148, 1
  };

  /** 16 tables, one for each place in the block, of 256 pairs of words. */
  private static final long[] FORWARD = new long[2 * 256 * BLOCK];

  private static final long[] INVERSE = new long[2 * 256 * BLOCK];

  /** The substitution of a byte at each of four places in a word, to be joined as it is there. */
  private static final int[] SUBSTITUTION = new int[4 * 256];

  private static final int[] INVERSE_SUBSTITUTION = new int[4 * 256];

  static {
    for (int x = 0; x < 256; x++) {
      for (int place = 0; place < 4; place++) {
        SUBSTITUTION[256 * place + x] = GostSubstitution.of(x) << (8 * place);
        INVERSE_SUBSTITUTION[256 * place + GostSubstitution.of(x)] = x << (8 * place);
      }
    }
    for (int place = 0; place < BLOCK; place++) {
      long[] images = images(place, false);
      long[] inverseImages = images(place, true);
      for (int x = 0; x < 256; x++) {
        int y = GostSubstitution.of(x);
        System.arraycopy(images, 2 * y, FORWARD, 2 * (256 * place + x), 2);
        System.arraycopy(inverseImages, 2 * x, INVERSE, 2 * (256 * place + y), 2);
      }
    }
  }

  /**
   * Returns what L, or its inverse, makes of each byte at a place, all others zero, in two words. L
   * is linear, so it is applied to single bits only: every search for a header waits for these
   * tables.
   */
  private static long[] images(int place, boolean inverse) {
    long[] images = new long[2 * 256];
    for (int x = 1; x < 256; x++) {
      int bit = Integer.lowestOneBit(x);
      if (x == bit) {
        byte[] block = new byte[BLOCK];
        block[place] = (byte) x;
        if (inverse) {
          inverseLinear(block);
        } else {
          linear(block);
        }
        store(block, 0, images, 2 * x);
      } else {
        images[2 * x] = images[2 * (x ^ bit)] ^ images[2 * bit];
        images[2 * x + 1] = images[2 * (x ^ bit) + 1] ^ images[2 * bit + 1];
      }
    }
    return images;
  }

  /** Two words each of the ten round keys. */
  private static final IdleCalls ENCRYPTIONS = new IdleCalls();

  private static final IdleCalls DECRYPTIONS = new IdleCalls();

  private final long[] keys = new long[2 * ROUND_KEYS];

  /** The middle keys for decryption, put through the inverse of L; the outer ones are zero. */
  private final long[] inverseKeys = new long[2 * ROUND_KEYS];

  KuznyechikKernel(byte[] key, int offset) {
    super(2, ENCRYPTIONS, DECRYPTIONS);
    byte[] pair = Arrays.copyOfRange(key, offset, offset + 2 * BLOCK);
    byte[] round = new byte[BLOCK];
    store(pair, 0, keys, 0);
    store(pair, BLOCK, keys, 2);
    for (int i = 1; i <= 32; i++) {
      Arrays.fill(round, (byte) 0);
      round[BLOCK - 1] = (byte) i;
      linear(round);
      for (int j = 0; j < BLOCK; j++) {
        round[j] = (byte) GostSubstitution.of((round[j] ^ pair[j]) & 0xff);
      }
      linear(round);
      for (int j = 0; j < BLOCK; j++) {
        byte next = (byte) (round[j] ^ pair[BLOCK + j]);
        pair[BLOCK + j] = pair[j];
        pair[j] = next;
      }
      if (i % 8 == 0) {
        store(pair, 0, keys, i / 2);
        store(pair, BLOCK, keys, i / 2 + 2);
      }
    }
    for (int i = 1; i < ROUND_KEYS - 1; i++) {
      LONG.set(round, 0, keys[2 * i]);
      LONG.set(round, 8, keys[2 * i + 1]);
      inverseLinear(round);
      store(round, 0, inverseKeys, 2 * i);
    }
    Arrays.fill(pair, (byte) 0);
    Arrays.fill(round, (byte) 0);
  }

  private static void store(byte[] block, int offset, long[] target, int at) {
    target[at] = (long) LONG.get(block, offset);
    target[at + 1] = (long) LONG.get(block, offset + 8);
  }

  /** The transformation L: sixteen steps of the feedback register. */
  private static void linear(byte[] block) {
    for (int step = 0; step < BLOCK; step++) {
      int sum = 0;
      for (int i = 0; i < BLOCK; i++) {
        sum ^= multiply(FACTORS[i], block[i] & 0xff);
      }
      System.arraycopy(block, 0, block, 1, BLOCK - 1);
      block[0] = (byte) sum;
    }
  }

  private static void inverseLinear(byte[] block) {
    for (int step = 0; step < BLOCK; step++) {
      int sum = block[0] & 0xff;
      System.arraycopy(block, 1, block, 0, BLOCK - 1);
      for (int i = 0; i < BLOCK - 1; i++) {
        sum ^= multiply(FACTORS[i], block[i] & 0xff);
      }
      block[BLOCK - 1] = (byte) sum;
    }
  }

  /** Multiplies in the field of the polynomial x^8 + x^7 + x^6 + x + 1. */
  private static int multiply(int a, int b) {
    int product = 0;
    for (int bit = b; bit != 0; bit >>= 1) {
      product ^= (bit & 1) * a;
      a = (a << 1) ^ ((a >> 7) * 0x1c3);
    }
    return product;
  }

  @Override
  void encryptWide(byte[] source, byte[] target, int length) {
    long[] t = FORWARD;
    long[] k = keys;
    for (int i = 0; i < length; i += 2 * BLOCK) {
      long a0 = (long) LONG.get(source, i) ^ k[0];
      long b0 = (long) LONG.get(source, i + 8) ^ k[1];
      long a1 = (long) LONG.get(source, i + 16) ^ k[0];
      long b1 = (long) LONG.get(source, i + 24) ^ k[1];
      for (int r = 2; r < 2 * ROUND_KEYS; r += 2) {
        long x0 =
            (((t[at(0, a0)] ^ t[at(1, a0)]) ^ (t[at(2, a0)] ^ t[at(3, a0)]))
                    ^ ((t[at(4, a0)] ^ t[at(5, a0)]) ^ (t[at(6, a0)] ^ t[at(7, a0)])))
                ^ (((t[at(8, b0)] ^ t[at(9, b0)]) ^ (t[at(10, b0)] ^ t[at(11, b0)]))
                    ^ ((t[at(12, b0)] ^ t[at(13, b0)]) ^ (t[at(14, b0)] ^ t[at(15, b0)])));
        long y0 =
            (((t[at(0, a0) + 1] ^ t[at(1, a0) + 1]) ^ (t[at(2, a0) + 1] ^ t[at(3, a0) + 1]))
                    ^ ((t[at(4, a0) + 1] ^ t[at(5, a0) + 1])
                        ^ (t[at(6, a0) + 1] ^ t[at(7, a0) + 1])))
                ^ (((t[at(8, b0) + 1] ^ t[at(9, b0) + 1]) ^ (t[at(10, b0) + 1] ^ t[at(11, b0) + 1]))
                    ^ ((t[at(12, b0) + 1] ^ t[at(13, b0) + 1])
                        ^ (t[at(14, b0) + 1] ^ t[at(15, b0) + 1])));
        long x1 =
            (((t[at(0, a1)] ^ t[at(1, a1)]) ^ (t[at(2, a1)] ^ t[at(3, a1)]))
                    ^ ((t[at(4, a1)] ^ t[at(5, a1)]) ^ (t[at(6, a1)] ^ t[at(7, a1)])))
                ^ (((t[at(8, b1)] ^ t[at(9, b1)]) ^ (t[at(10, b1)] ^ t[at(11, b1)]))
                    ^ ((t[at(12, b1)] ^ t[at(13, b1)]) ^ (t[at(14, b1)] ^ t[at(15, b1)])));
        long y1 =
            (((t[at(0, a1) + 1] ^ t[at(1, a1) + 1]) ^ (t[at(2, a1) + 1] ^ t[at(3, a1) + 1]))
                    ^ ((t[at(4, a1) + 1] ^ t[at(5, a1) + 1])
                        ^ (t[at(6, a1) + 1] ^ t[at(7, a1) + 1])))
                ^ (((t[at(8, b1) + 1] ^ t[at(9, b1) + 1]) ^ (t[at(10, b1) + 1] ^ t[at(11, b1) + 1]))
                    ^ ((t[at(12, b1) + 1] ^ t[at(13, b1) + 1])
                        ^ (t[at(14, b1) + 1] ^ t[at(15, b1) + 1])));
        a0 = x0 ^ k[r];
        b0 = y0 ^ k[r + 1];
        a1 = x1 ^ k[r];
        b1 = y1 ^ k[r + 1];
      }
      LONG.set(target, i, a0);
      LONG.set(target, i + 8, b0);
      LONG.set(target, i + 16, a1);
      LONG.set(target, i + 24, b1);
    }
  }

  @Override
  void decryptWide(byte[] source, byte[] target, int length) {
    long[] t = INVERSE;
    long[] k = inverseKeys;
    for (int i = 0; i < length; i += 2 * BLOCK) {
      long a0 = substitute(SUBSTITUTION, (long) LONG.get(source, i) ^ keys[18]);
      long b0 = substitute(SUBSTITUTION, (long) LONG.get(source, i + 8) ^ keys[19]);
      long a1 = substitute(SUBSTITUTION, (long) LONG.get(source, i + 16) ^ keys[18]);
      long b1 = substitute(SUBSTITUTION, (long) LONG.get(source, i + 24) ^ keys[19]);
      for (int r = 2 * ROUND_KEYS - 2; r > 0; r -= 2) {
        long x0 =
            (((t[at(0, a0)] ^ t[at(1, a0)]) ^ (t[at(2, a0)] ^ t[at(3, a0)]))
                    ^ ((t[at(4, a0)] ^ t[at(5, a0)]) ^ (t[at(6, a0)] ^ t[at(7, a0)])))
                ^ (((t[at(8, b0)] ^ t[at(9, b0)]) ^ (t[at(10, b0)] ^ t[at(11, b0)]))
                    ^ ((t[at(12, b0)] ^ t[at(13, b0)]) ^ (t[at(14, b0)] ^ t[at(15, b0)])));
        long y0 =
            (((t[at(0, a0) + 1] ^ t[at(1, a0) + 1]) ^ (t[at(2, a0) + 1] ^ t[at(3, a0) + 1]))
                    ^ ((t[at(4, a0) + 1] ^ t[at(5, a0) + 1])
                        ^ (t[at(6, a0) + 1] ^ t[at(7, a0) + 1])))
                ^ (((t[at(8, b0) + 1] ^ t[at(9, b0) + 1]) ^ (t[at(10, b0) + 1] ^ t[at(11, b0) + 1]))
                    ^ ((t[at(12, b0) + 1] ^ t[at(13, b0) + 1])
                        ^ (t[at(14, b0) + 1] ^ t[at(15, b0) + 1])));
        long x1 =
            (((t[at(0, a1)] ^ t[at(1, a1)]) ^ (t[at(2, a1)] ^ t[at(3, a1)]))
                    ^ ((t[at(4, a1)] ^ t[at(5, a1)]) ^ (t[at(6, a1)] ^ t[at(7, a1)])))
                ^ (((t[at(8, b1)] ^ t[at(9, b1)]) ^ (t[at(10, b1)] ^ t[at(11, b1)]))
                    ^ ((t[at(12, b1)] ^ t[at(13, b1)]) ^ (t[at(14, b1)] ^ t[at(15, b1)])));
        long y1 =
            (((t[at(0, a1) + 1] ^ t[at(1, a1) + 1]) ^ (t[at(2, a1) + 1] ^ t[at(3, a1) + 1]))
                    ^ ((t[at(4, a1) + 1] ^ t[at(5, a1) + 1])
                        ^ (t[at(6, a1) + 1] ^ t[at(7, a1) + 1])))
                ^ (((t[at(8, b1) + 1] ^ t[at(9, b1) + 1]) ^ (t[at(10, b1) + 1] ^ t[at(11, b1) + 1]))
                    ^ ((t[at(12, b1) + 1] ^ t[at(13, b1) + 1])
                        ^ (t[at(14, b1) + 1] ^ t[at(15, b1) + 1])));
        a0 = x0 ^ k[r];
        b0 = y0 ^ k[r + 1];
        a1 = x1 ^ k[r];
        b1 = y1 ^ k[r + 1];
      }
      LONG.set(target, i, substitute(INVERSE_SUBSTITUTION, a0) ^ keys[0]);
      LONG.set(target, i + 8, substitute(INVERSE_SUBSTITUTION, b0) ^ keys[1]);
      LONG.set(target, i + 16, substitute(INVERSE_SUBSTITUTION, a1) ^ keys[0]);
      LONG.set(target, i + 24, substitute(INVERSE_SUBSTITUTION, b1) ^ keys[1]);
    }
  }

  /** Returns an index into a table of pairs: the byte of a word at a place in the block, twice. */
  private static int at(int place, long word) {
    int shift = 8 * (place % 8);
    long twice = shift == 0 ? word << 1 : word >>> (shift - 1);
    return 512 * place + ((int) twice & 0x1fe);
  }

  /** Puts the eight bytes of a word through a table, in halves. */
  private static long substitute(int[] table, long word) {
    return (substitute(table, (int) word) & 0xffffffffL)
        | ((long) substitute(table, (int) (word >>> 32)) << 32);
  }

  private static int substitute(int[] t, int half) {
    return (t[half & 0xff] ^ t[256 + ((half >>> 8) & 0xff)])
        ^ (t[512 + ((half >>> 16) & 0xff)] ^ t[768 + (half >>> 24)]);
  }

  @Override
  public void wipe() {
    super.wipe();
    Arrays.fill(keys, 0);
    Arrays.fill(inverseKeys, 0);
  }
}
