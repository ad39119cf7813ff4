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

  /** From so many units on it is quicker to go through all of them group by group. */
  private static final int FEW_UNITS = 4;

  /** Bytes of the eight blocks that a unit is extended by at a time. */
  private static final int GROUP = 8 * BLOCK_BYTES;

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
    if (units < FEW_UNITS) {
      for (int i = 0; i < units; i++) {
        expandOne(seeds[cipher], seed + i * BLOCK_BYTES, tweaks, i * DATA_UNIT);
      }
      return;
    }
    int end = units * DATA_UNIT;
    for (int i = 0; i < end; i += DATA_UNIT, seed += BLOCK_BYTES) {
      LONG.set(tweaks, i, (long) LONG.get(seeds[cipher], seed));
      LONG.set(tweaks, i + 8, (long) LONG.get(seeds[cipher], seed + 8));
    }
    for (int i = BLOCK_BYTES; i < GROUP; i += BLOCK_BYTES) {
      appendBlocks(tweaks, i, end);
    }
    for (int i = GROUP; i < DATA_UNIT; i += GROUP) {
      appendGroups(tweaks, i, end);
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

  /** Doubles one block of each unit into the next, at {@code first} in the first unit. */
  private static void appendBlocks(byte[] tweaks, int first, int end) {
    for (int i = first; i < end; i += DATA_UNIT) {
      long low = (long) LONG.get(tweaks, i - BLOCK_BYTES);
      long high = (long) LONG.get(tweaks, i - BLOCK_BYTES + 8);
      LONG.set(tweaks, i + 8, (high << 1) | (low >>> 63));
      LONG.set(tweaks, i, (low << 1) ^ ((high >> 63) & REDUCTION));
    }
  }

  /**
   * Appends eight blocks to each unit, by the eight before them: a block doubled eight times is
   * that block moved by a byte, and reduced by what leaves it. Written out, since a loop over the
   * eight is slower. All units get one group before any gets the next: reading a word across two
   * that were just written defeats store-to-load forwarding.
   */
  private static void appendGroups(byte[] tweaks, int first, int end) {
    for (int i = first; i < end; i += DATA_UNIT) {
      // The eight bits that leave the block before the group as it is doubled through the group.
      long carries = carries(tweaks[i - 1] & 0xff);
      long low = (long) LONG.get(tweaks, i - BLOCK_BYTES);
      low = appendBlock(tweaks, i, low, carries);
      low = appendBlock(tweaks, i + BLOCK_BYTES, low, carries >>> 8);
      low = appendBlock(tweaks, i + 2 * BLOCK_BYTES, low, carries >>> 16);
      low = appendBlock(tweaks, i + 3 * BLOCK_BYTES, low, carries >>> 24);
      low = appendBlock(tweaks, i + 4 * BLOCK_BYTES, low, carries >>> 32);
      low = appendBlock(tweaks, i + 5 * BLOCK_BYTES, low, carries >>> 40);
      low = appendBlock(tweaks, i + 6 * BLOCK_BYTES, low, carries >>> 48);
      appendBlock(tweaks, i + 7 * BLOCK_BYTES, low, carries >>> 56);
    }
  }

  /**
   * Doubles the low word of the block before, by the carry in the lowest byte of {@code carries};
   * the high word is there to be read, a group before and a byte lower.
   *
   * @return the low word
   */
  private static long appendBlock(byte[] tweaks, int at, long before, long carries) {
    long low = (before << 1) ^ (carries & 0xff);
    LONG.set(tweaks, at, low);
    LONG.set(tweaks, at + 8, (long) LONG.get(tweaks, at + 8 - GROUP - 1));
    return low;
  }

  /**
   * Returns bytes of which number i, counted from the lowest, is the reduction if bit 7 - i is set.
   */
  private static long carries(long bits) {
    long single = (bits * 0x0101010101010101L) & 0x0102040810204080L;
    return (((single + 0x7f7f7f7f7f7f7f7fL) >>> 7) & 0x0101010101010101L) * REDUCTION;
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
