package dev.tcplay.crypto.kernel;

import static dev.tcplay.crypto.kernel.BlockCipher.BLOCK_BYTES;

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
 *
 * <p>What was searched: eight tweaks are those before them, moved by a byte, and the carries that
 * this needs are made ahead by vector instructions; seeds of 128 units at once, kept for the next
 * request, are worth an eighth in requests of 16 KiB. Not kept: tweaks as {@code long}s, in which
 * no word can be read a byte lower. To check a new JDK: {@code XtsBenchmark -p chain=AES -p
 * bytes=16384}, kernel auto to portable; XtsTweaksTest for the values.
 */
final class XtsTweaks {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int DATA_UNIT = XtsWorker.DATA_UNIT;

  private static final int STRETCH_UNITS = 128;

  /** From so many units on it is quicker to go through all of them group by group. */
  private static final int FEW_UNITS = 4;

  /** Bytes of the eight blocks that a unit is extended by at a time. */
  private static final int GROUP = 8 * BLOCK_BYTES;

  /** Low byte of the field polynomial x^128 + x^7 + x^2 + x + 1. */
  private static final long REDUCTION = 0x87;

  /** What to multiply a byte by, so that it is in each byte of a word. */
  private static final long EACH_BYTE = 0x0101010101010101L;

  /** Carries of a unit, one for each block: the reduction if doubling it carries, else 0. */
  private static final int UNIT_CARRIES = DATA_UNIT / BLOCK_BYTES;

  private final BlockKernel[] kernels;
  private final byte[] numbers = new byte[STRETCH_UNITS * BLOCK_BYTES];
  private final byte[][] seeds;
  private final byte[][] carries;

  /**
   * The units whose seeds are there, and carries if there are more than a few: {@code held} of them
   * from {@code first} on.
   */
  private long first;

  private int held;

  /** Makes tweaks by kernels that have the tweak keys, one for each cipher. */
  XtsTweaks(BlockKernel[] kernels) {
    this.kernels = kernels;
    seeds = new byte[kernels.length][STRETCH_UNITS * BLOCK_BYTES];
    carries = new byte[kernels.length][STRETCH_UNITS * UNIT_CARRIES];
  }

  /**
   * Sees to it that the seeds and carries of units from {@code unit} on are there.
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
    held = 0; // until all is there, whatever happens
    for (int i = 0; i < stretch; i++) {
      LONG.set(numbers, i * BLOCK_BYTES, unit + i);
    }
    for (int i = 0; i < kernels.length; i++) {
      kernels[i].encrypt(numbers, seeds[i], stretch * BLOCK_BYTES);
      if (stretch >= FEW_UNITS) {
        makeCarries(seeds[i], carries[i], stretch);
      }
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
    int carryAt = (int) (unit - first) * UNIT_CARRIES;
    int end = units * DATA_UNIT;
    firstGroups(seeds[cipher], seed, carries[cipher], carryAt, tweaks, end);
    for (int i = GROUP; i < DATA_UNIT; i += GROUP) {
      appendGroups(carries[cipher], carryAt + i / BLOCK_BYTES - 1, tweaks, i, end);
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

  /** Makes the first eight blocks of each unit, the seed being the first of all. */
  private static void firstGroups(
      byte[] seeds, int seed, byte[] carries, int carryAt, byte[] tweaks, int end) {
    for (int i = 0; i < end; i += DATA_UNIT, seed += BLOCK_BYTES, carryAt += UNIT_CARRIES) {
      long low = (long) LONG.get(seeds, seed);
      LONG.set(tweaks, i, low);
      LONG.set(tweaks, i + 8, (long) LONG.get(seeds, seed + 8));
      low = doubled(tweaks, i + BLOCK_BYTES, low, carries[carryAt]);
      low = doubled(tweaks, i + 2 * BLOCK_BYTES, low, carries[carryAt + 1]);
      low = doubled(tweaks, i + 3 * BLOCK_BYTES, low, carries[carryAt + 2]);
      low = doubled(tweaks, i + 4 * BLOCK_BYTES, low, carries[carryAt + 3]);
      low = doubled(tweaks, i + 5 * BLOCK_BYTES, low, carries[carryAt + 4]);
      low = doubled(tweaks, i + 6 * BLOCK_BYTES, low, carries[carryAt + 5]);
      doubled(tweaks, i + 7 * BLOCK_BYTES, low, carries[carryAt + 6]);
    }
  }

  /** Doubles the block before {@code at}, whose low word is given, and returns the low word. */
  private static long doubled(byte[] tweaks, int at, long before, byte carry) {
    LONG.set(tweaks, at + 8, ((long) LONG.get(tweaks, at - 8) << 1) | (before >>> 63));
    long low = (before << 1) ^ (carry & 0xff);
    LONG.set(tweaks, at, low);
    return low;
  }

  /**
   * Appends eight blocks to each unit, by the eight before them: a block doubled eight times is
   * that block moved by a byte, and reduced by what leaves it. Written out, since a loop over the
   * eight is slower. All units get one group before any gets the next: reading a word across two
   * that were just written defeats store-to-load forwarding.
   */
  private static void appendGroups(byte[] carries, int carryAt, byte[] tweaks, int first, int end) {
    for (int i = first; i < end; i += DATA_UNIT, carryAt += UNIT_CARRIES) {
      long low = (long) LONG.get(tweaks, i - BLOCK_BYTES);
      low = moved(tweaks, i, low, carries[carryAt]);
      low = moved(tweaks, i + BLOCK_BYTES, low, carries[carryAt + 1]);
      low = moved(tweaks, i + 2 * BLOCK_BYTES, low, carries[carryAt + 2]);
      low = moved(tweaks, i + 3 * BLOCK_BYTES, low, carries[carryAt + 3]);
      low = moved(tweaks, i + 4 * BLOCK_BYTES, low, carries[carryAt + 4]);
      low = moved(tweaks, i + 5 * BLOCK_BYTES, low, carries[carryAt + 5]);
      low = moved(tweaks, i + 6 * BLOCK_BYTES, low, carries[carryAt + 6]);
      moved(tweaks, i + 7 * BLOCK_BYTES, low, carries[carryAt + 7]);
    }
  }

  /**
   * Doubles the block before {@code at}, whose low word is given, and returns the low word. The
   * high word is there to be read, a group before and a byte lower.
   */
  private static long moved(byte[] tweaks, int at, long before, byte carry) {
    LONG.set(tweaks, at + 8, (long) LONG.get(tweaks, at + 8 - GROUP - 1));
    long low = (before << 1) ^ (carry & 0xff);
    LONG.set(tweaks, at, low);
    return low;
  }

  /**
   * Makes the carries of units. Doubling the first block carries if bit 127 of the seed is set, the
   * second if bit 126 is, and so on, since what reductions change in the lowest byte does not come
   * near the highest bits before the unit ends.
   */
  private static void makeCarries(byte[] seeds, byte[] carries, int units) {
    for (int i = 0; i < units; i++) {
      long high = (long) LONG.get(seeds, i * BLOCK_BYTES + 8);
      for (int j = 0; j < UNIT_CARRIES; j += 8) {
        LONG.set(carries, i * UNIT_CARRIES + j, (high << j) >>> 56);
      }
    }
    // A loop of its own, which becomes vector instructions.
    for (int i = 0; i < units * (UNIT_CARRIES / 8); i++) {
      long single = ((long) LONG.get(carries, i * 8) * EACH_BYTE) & 0x0102040810204080L;
      LONG.set(carries, i * 8, (((single + 0x7f * EACH_BYTE) >>> 7) & EACH_BYTE) * REDUCTION);
    }
  }

  /** Wipes seeds and keys. */
  void wipe() {
    held = 0;
    Arrays.fill(numbers, (byte) 0);
    for (int i = 0; i < kernels.length; i++) {
      Arrays.fill(seeds[i], (byte) 0);
      Arrays.fill(carries[i], (byte) 0);
      kernels[i].wipe();
    }
  }
}
