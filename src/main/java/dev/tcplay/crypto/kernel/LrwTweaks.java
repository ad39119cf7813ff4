package dev.tcplay.crypto.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The tweaks of LRW: the product of the tweak key and a block's index, in the field of as many bits
 * as a block has. Indices count from 1 at unit 0 and have 64 bits.
 *
 * <p>Adding is XOR in the field, so that a product with an index is a sum over the index's bits;
 * the tweak of index {@code i + 1} differs from that of {@code i} by the product with {@code i XOR
 * (i + 1)}, whose bits are all ones. There are only 64 such products. All are words as they lie in
 * memory, so that nothing is turned around when they are added up.
 *
 * <p>What was searched: four blocks are written out, which is worth a tenth of the time of AES. To
 * check a new JDK: {@code OlderModesBenchmark -p chain=AES}, LRW to the cipher alone: 0.5.
 */
final class LrwTweaks {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final int DATA_UNIT = XtsWorker.DATA_UNIT;

  /** Low byte of the field polynomial x^128 + x^7 + x^2 + x + 1. */
  private static final long REDUCTION_128 = 0x87;

  /** Low byte of the field polynomial x^64 + x^4 + x^3 + x + 1. */
  private static final long REDUCTION_64 = 0x1b;

  private final int blockBytes;

  /** Products of the key with 1, 3, 7, 15 and so on: the first words of each, the second words. */
  private final long[] first = new long[Long.SIZE];

  private final long[] second = new long[Long.SIZE];

  /** Products of the key with 1, 2, 3 and so on, for all blocks of a unit but the last. */
  private final byte[] unitTweaks = new byte[DATA_UNIT];

  /**
   * Makes tweaks of a key, which begins at {@code keys[0]}.
   *
   * @param blockBytes bytes in a block and in the key, 8 or 16
   */
  LrwTweaks(byte[] keys, int blockBytes) {
    this.blockBytes = blockBytes;
    if (blockBytes == 2 * Long.BYTES) {
      sumPowers((long) BIG_LONG.get(keys, 0), (long) BIG_LONG.get(keys, Long.BYTES));
    } else {
      sumPowers((long) BIG_LONG.get(keys, 0));
    }
    long low = 0;
    long high = 0;
    for (int i = 0; i < DATA_UNIT - blockBytes; i += blockBytes) {
      int step = Integer.numberOfTrailingZeros(i / blockBytes + 1);
      low ^= first[step];
      LONG.set(unitTweaks, i, low);
      if (blockBytes > Long.BYTES) {
        high ^= second[step];
        LONG.set(unitTweaks, i + Long.BYTES, high);
      }
    }
  }

  private void sumPowers(long high, long low) {
    long highSum = 0;
    long lowSum = 0;
    for (int i = 0; i < Long.SIZE; i++) {
      highSum ^= high;
      lowSum ^= low;
      first[i] = Long.reverseBytes(highSum);
      second[i] = Long.reverseBytes(lowSum);
      long carry = (high >> 63) & REDUCTION_128;
      high = (high << 1) | (low >>> 63);
      low = (low << 1) ^ carry;
    }
  }

  private void sumPowers(long power) {
    long sum = 0;
    for (int i = 0; i < Long.SIZE; i++) {
      sum ^= power;
      first[i] = Long.reverseBytes(sum);
      power = (power << 1) ^ ((power >> 63) & REDUCTION_64);
    }
  }

  /** Fills the tweaks of units from a number on. */
  void expand(long unit, int units, byte[] tweaks) {
    if (blockBytes == Long.BYTES) {
      expandShort(unit * (DATA_UNIT / Long.BYTES), units, tweaks);
    } else {
      expandLong(unit * (DATA_UNIT / (2 * Long.BYTES)), units, tweaks);
    }
  }

  /**
   * Fills tweaks of 16 bytes, where a unit has 32.
   *
   * @param index index of the last block before the units: its bits are above those that count
   *     within a unit, so that its tweak is added to all but the last, which is one step further
   */
  private void expandLong(long index, int units, byte[] tweaks) {
    long low = product(first, index);
    long high = product(second, index);
    int last = DATA_UNIT - 2 * Long.BYTES;
    for (int at = 0; at < units * DATA_UNIT; at += DATA_UNIT) {
      for (int i = 0; i < DATA_UNIT; i += 8 * Long.BYTES) {
        LONG.set(tweaks, at + i, low ^ (long) LONG.get(unitTweaks, i));
        LONG.set(tweaks, at + i + 8, high ^ (long) LONG.get(unitTweaks, i + 8));
        LONG.set(tweaks, at + i + 16, low ^ (long) LONG.get(unitTweaks, i + 16));
        LONG.set(tweaks, at + i + 24, high ^ (long) LONG.get(unitTweaks, i + 24));
        LONG.set(tweaks, at + i + 32, low ^ (long) LONG.get(unitTweaks, i + 32));
        LONG.set(tweaks, at + i + 40, high ^ (long) LONG.get(unitTweaks, i + 40));
        LONG.set(tweaks, at + i + 48, low ^ (long) LONG.get(unitTweaks, i + 48));
        LONG.set(tweaks, at + i + 56, high ^ (long) LONG.get(unitTweaks, i + 56));
      }
      index += DATA_UNIT / (2 * Long.BYTES);
      int step = step(index);
      low ^= (long) LONG.get(unitTweaks, last - 16) ^ first[step];
      high ^= (long) LONG.get(unitTweaks, last - 8) ^ second[step];
      LONG.set(tweaks, at + last, low);
      LONG.set(tweaks, at + last + 8, high);
    }
  }

  /** Fills tweaks of 8 bytes, where a unit has 64, in the same way. */
  private void expandShort(long index, int units, byte[] tweaks) {
    long tweak = product(first, index);
    int last = DATA_UNIT - Long.BYTES;
    for (int at = 0; at < units * DATA_UNIT; at += DATA_UNIT) {
      for (int i = 0; i < last; i += Long.BYTES) {
        LONG.set(tweaks, at + i, tweak ^ (long) LONG.get(unitTweaks, i));
      }
      index += DATA_UNIT / Long.BYTES;
      tweak ^= (long) LONG.get(unitTweaks, last - Long.BYTES) ^ first[step(index)];
      LONG.set(tweaks, at + last, tweak);
    }
  }

  /** Returns which product leads from the index before to an index. */
  private static int step(long index) {
    return Long.numberOfTrailingZeros(index | Long.MIN_VALUE); // from the last index on to 0
  }

  /** Returns a product with any index: its Gray code names the runs of ones that it is made of. */
  private static long product(long[] onesProducts, long index) {
    long product = 0;
    for (long runs = index ^ (index >>> 1); runs != 0; runs &= runs - 1) {
      product ^= onesProducts[Long.numberOfTrailingZeros(runs)];
    }
    return product;
  }

  /** Wipes all products. */
  void wipe() {
    Arrays.fill(first, 0);
    Arrays.fill(second, 0);
    Arrays.fill(unitTweaks, (byte) 0);
  }
}
