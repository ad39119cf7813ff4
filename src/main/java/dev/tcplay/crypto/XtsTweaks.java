package dev.tcplay.crypto;

import static dev.tcplay.crypto.BlockCipher.BLOCK_BYTES;
import static dev.tcplay.crypto.DataUnitCipher.DATA_UNIT;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The tweaks of XTS. Each data unit has a seed per cipher, its encrypted number, which is doubled
 * from block to block.
 *
 * <p>Kernels like many blocks, so that the seeds of a stretch of units are made at once, and a
 * caller that reads on in small requests finds the seeds of units to come. Not thread-safe.
 */
final class XtsTweaks {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int STRETCH_UNITS = 128;

  /** Low byte of the field polynomial x^128 + x^7 + x^2 + x + 1. */
  private static final long REDUCTION = 0x87;

  private final BlockKernel[] kernels;
  private final byte[] numbers = new byte[STRETCH_UNITS * BLOCK_BYTES];
  private final byte[][] seeds;

  /** The units whose seeds are there: {@code held} of them from {@code first} on. */
  private long first;

  private int held;

  /** Makes tweaks by kernels that have the tweak keys, one for each cipher. */
  XtsTweaks(BlockKernel[] kernels) {
    this.kernels = kernels;
    seeds = new byte[kernels.length][STRETCH_UNITS * BLOCK_BYTES];
  }

  /**
   * Sees to it that the seeds of units from {@code unit} on are there.
   *
   * @param units how many units are needed at once, at most a stretch
   * @param request how many units the caller will need one after the other, these included
   */
  void prepare(long unit, int units, int request) {
    long ahead = unit - first;
    if (ahead >= 0 && ahead <= held - units) {
      return;
    }
    // Who goes on where the last stretch ends will go on further; a single read stays cheap.
    int wanted = ahead >= 0 && ahead <= held ? Math.max(request, 2 * held) : request;
    int stretch = Math.min(wanted, STRETCH_UNITS);
    held = 0; // until all seeds are there, whatever happens
    for (int i = 0; i < stretch; i++) {
      LONG.set(numbers, i * BLOCK_BYTES, unit + i);
    }
    for (int i = 0; i < kernels.length; i++) {
      kernels[i].encrypt(numbers, seeds[i], stretch * BLOCK_BYTES);
    }
    first = unit;
    held = stretch;
  }

  /** Fills the tweaks of one cipher for units that were prepared. */
  void expand(int cipher, long unit, int units, byte[] tweaks) {
    int seed = (int) (unit - first) * BLOCK_BYTES;
    int i = 0;
    for (; i + 4 <= units; i += 4) {
      expandFour(seeds[cipher], seed + i * BLOCK_BYTES, tweaks, i * DATA_UNIT);
    }
    for (; i < units; i++) {
      expandOne(seeds[cipher], seed + i * BLOCK_BYTES, tweaks, i * DATA_UNIT);
    }
  }

  private static void expandOne(byte[] seeds, int seed, byte[] tweaks, int first) {
    long low = (long) LONG.get(seeds, seed);
    long high = (long) LONG.get(seeds, seed + 8);
    for (int i = first; i < first + DATA_UNIT; i += BLOCK_BYTES) {
      LONG.set(tweaks, i, low);
      LONG.set(tweaks, i + 8, high);
      long carry = (high >> 63) & REDUCTION;
      high = (high << 1) | (low >>> 63);
      low = (low << 1) ^ carry;
    }
  }

  /** Four units side by side, since each doubling waits for the one before. */
  private static void expandFour(byte[] seeds, int seed, byte[] tweaks, int first) {
    long low0 = (long) LONG.get(seeds, seed);
    long high0 = (long) LONG.get(seeds, seed + 8);
    long low1 = (long) LONG.get(seeds, seed + 16);
    long high1 = (long) LONG.get(seeds, seed + 24);
    long low2 = (long) LONG.get(seeds, seed + 32);
    long high2 = (long) LONG.get(seeds, seed + 40);
    long low3 = (long) LONG.get(seeds, seed + 48);
    long high3 = (long) LONG.get(seeds, seed + 56);
    for (int i = first; i < first + DATA_UNIT; i += BLOCK_BYTES) {
      LONG.set(tweaks, i, low0);
      LONG.set(tweaks, i + 8, high0);
      LONG.set(tweaks, i + DATA_UNIT, low1);
      LONG.set(tweaks, i + DATA_UNIT + 8, high1);
      LONG.set(tweaks, i + 2 * DATA_UNIT, low2);
      LONG.set(tweaks, i + 2 * DATA_UNIT + 8, high2);
      LONG.set(tweaks, i + 3 * DATA_UNIT, low3);
      LONG.set(tweaks, i + 3 * DATA_UNIT + 8, high3);
      long carry0 = (high0 >> 63) & REDUCTION;
      long carry1 = (high1 >> 63) & REDUCTION;
      long carry2 = (high2 >> 63) & REDUCTION;
      long carry3 = (high3 >> 63) & REDUCTION;
      high0 = (high0 << 1) | (low0 >>> 63);
      high1 = (high1 << 1) | (low1 >>> 63);
      high2 = (high2 << 1) | (low2 >>> 63);
      high3 = (high3 << 1) | (low3 >>> 63);
      low0 = (low0 << 1) ^ carry0;
      low1 = (low1 << 1) ^ carry1;
      low2 = (low2 << 1) ^ carry2;
      low3 = (low3 << 1) ^ carry3;
    }
  }

  /** Wipes seeds and keys. */
  void wipe() {
    held = 0;
    Arrays.fill(numbers, (byte) 0);
    for (int i = 0; i < kernels.length; i++) {
      Arrays.fill(seeds[i], (byte) 0);
      kernels[i].wipe();
    }
  }
}
