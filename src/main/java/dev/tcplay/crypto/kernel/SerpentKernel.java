package dev.tcplay.crypto.kernel;

import static dev.tcplay.crypto.kernel.BlockCipher.BLOCK_BYTES;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Serpent over many blocks at once, one block in each lane of four arrays of words.
 *
 * <p>The runs over no lanes are written out: a method for both kinds of runs would be called as
 * often as what it calls, and compiled together with all of that once more.
 *
 * <p>What was searched: 1024 lanes at once are worth a fourteenth over 512, since each loop begins
 * and ends with single lanes; arrays that lie alike towards the cache lines are worth a tenth. To
 * check a new JDK: {@code XtsBenchmark -p chain=Serpent -p bytes=16384}, kernel auto to portable:
 * 10 to 12 to 1, or 6 to 7 with {@code -XX:UseAVX=2}. {@code FirstReadBenchmark -p chain=Serpent}
 * shows the first seconds.
 */
final class SerpentKernel implements BlockKernel {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int ROUNDS = 32;
  private static final int LANES = 1024;

  private static final int ARRAY_WORDS = LANES + SPACING / Integer.BYTES;

  /** The S-boxes as the submission lists them; only the key schedule looks them up. */
  private static final int[][] SBOX = {
    {3, 8, 15, 1, 10, 6, 5, 11, 14, 13, 4, 2, 7, 0, 9, 12},
    {15, 12, 2, 7, 9, 0, 5, 10, 1, 11, 14, 8, 6, 13, 3, 4},
    {8, 6, 7, 9, 3, 12, 10, 15, 13, 1, 14, 4, 0, 11, 5, 2},
    {0, 15, 11, 8, 12, 9, 6, 3, 13, 1, 2, 4, 10, 7, 5, 14},
    {1, 15, 8, 3, 12, 0, 11, 6, 2, 5, 4, 10, 9, 14, 7, 13},
    {15, 5, 2, 11, 4, 10, 9, 12, 0, 3, 14, 8, 13, 6, 7, 1},
    {7, 2, 12, 5, 8, 4, 6, 11, 14, 9, 1, 15, 13, 3, 10, 0},
    {1, 13, 15, 0, 14, 8, 2, 11, 7, 4, 12, 10, 9, 3, 5, 6}
  };

  private static final SerpentPace ENCRYPTION = new SerpentPace();
  private static final SerpentPace DECRYPTION = new SerpentPace();

  private final int[] keys = new int[4 * (ROUNDS + 1)];
  private final int[] a = new int[ARRAY_WORDS];
  private final int[] b = new int[ARRAY_WORDS];
  private final int[] c = new int[ARRAY_WORDS];
  private final int[] d = new int[ARRAY_WORDS];

  SerpentKernel(byte[] key, int offset) {
    int[] words = new int[8 + keys.length];
    for (int i = 0; i < 8; i++) {
      words[i] = (int) INT.get(key, offset + 4 * i);
    }
    for (int i = 8; i < words.length; i++) {
      int sum = words[i - 8] ^ words[i - 5] ^ words[i - 3] ^ words[i - 1];
      words[i] = Integer.rotateLeft(sum ^ 0x9e3779b9 ^ (i - 8), 11);
    }
    for (int r = 0; r <= ROUNDS; r++) {
      substitute(SBOX[(ROUNDS + 3 - r) % 8], words, 8 + 4 * r, keys, 4 * r);
    }
    Arrays.fill(words, 0);
  }

  /** Puts the 32 nibbles that lie across four words through an S-box. */
  private static void substitute(int[] sbox, int[] source, int from, int[] target, int to) {
    for (int bit = 0; bit < 32; bit++) {
      int nibble = 0;
      for (int i = 0; i < 4; i++) {
        nibble |= ((source[from + i] >>> bit) & 1) << i;
      }
      for (int i = 0; i < 4; i++) {
        target[to + i] |= ((sbox[nibble] >> i) & 1) << bit;
      }
    }
  }

  @Override
  public void encrypt(byte[] source, byte[] target, int length) {
    for (int done = 0; done < length; done += LANES * BLOCK_BYTES) {
      int lanes = Math.min(LANES, (length - done) / BLOCK_BYTES);
      int padded = ENCRYPTION.padded(lanes);
      for (int idle = ENCRYPTION.idleRuns(padded); idle > 0; idle--) {
        load(source, done, 0);
        SerpentEncryption.run(a, b, c, d, 0, keys);
        store(target, done, 0);
      }
      load(source, done, lanes);
      SerpentEncryption.run(a, b, c, d, padded, keys);
      store(target, done, lanes);
    }
  }

  @Override
  public void decrypt(byte[] source, byte[] target, int length) {
    for (int done = 0; done < length; done += LANES * BLOCK_BYTES) {
      int lanes = Math.min(LANES, (length - done) / BLOCK_BYTES);
      int padded = DECRYPTION.padded(lanes);
      for (int idle = DECRYPTION.idleRuns(padded); idle > 0; idle--) {
        load(source, done, 0);
        addLastKey(0);
        SerpentDecryption.run(a, b, c, d, 0, keys);
        store(target, done, 0);
      }
      load(source, done, lanes);
      addLastKey(lanes);
      SerpentDecryption.run(a, b, c, d, padded, keys);
      store(target, done, lanes);
    }
  }

  /** Takes two words at a time, which is half as much to compile. */
  private void load(byte[] source, int offset, int lanes) {
    if (lanes == 0) {
      return;
    }
    for (int i = 0; i < lanes; i++) {
      int at = offset + BLOCK_BYTES * i;
      long low = (long) LONG.get(source, at);
      long high = (long) LONG.get(source, at + 8);
      a[i] = (int) low;
      b[i] = (int) (low >>> 32);
      c[i] = (int) high;
      d[i] = (int) (high >>> 32);
    }
  }

  private void store(byte[] target, int offset, int lanes) {
    if (lanes == 0) {
      return;
    }
    for (int i = 0; i < lanes; i++) {
      int at = offset + BLOCK_BYTES * i;
      LONG.set(target, at, (a[i] & 0xffffffffL) | (long) b[i] << 32);
      LONG.set(target, at + 8, (c[i] & 0xffffffffL) | (long) d[i] << 32);
    }
  }

  private void addLastKey(int lanes) {
    add(a, keys[4 * ROUNDS], lanes);
    add(b, keys[4 * ROUNDS + 1], lanes);
    add(c, keys[4 * ROUNDS + 2], lanes);
    add(d, keys[4 * ROUNDS + 3], lanes);
  }

  private static void add(int[] words, int key, int lanes) {
    if (lanes == 0) {
      return;
    }
    for (int i = 0; i < lanes; i++) {
      words[i] ^= key;
    }
  }

  /** A block a lane: each loop begins and ends with single lanes, so that it must be long. */
  @Override
  public int batchBytes() {
    return LANES * BLOCK_BYTES;
  }

  @Override
  public void wipe() {
    for (int[] array : new int[][] {keys, a, b, c, d}) {
      Arrays.fill(array, 0);
    }
  }
}
