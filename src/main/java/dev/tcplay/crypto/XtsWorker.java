package dev.tcplay.crypto;

import static dev.tcplay.crypto.BlockCipher.BLOCK_BYTES;
import static dev.tcplay.crypto.DataUnitCipher.DATA_UNIT;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * XTS passes over a batch that stays in the processor's nearest caches. Confined to one caller at a
 * time.
 *
 * <p>The loops that combine data and tweaks index every array by the same variable from 0, and data
 * is copied in and out, since only such loops become vector instructions.
 */
final class XtsWorker {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int BATCH_UNITS = 16;
  private static final int BATCH_BYTES = BATCH_UNITS * DATA_UNIT;

  /** Unit numbers are encrypted for several batches at once, since kernels like many blocks. */
  private static final int STRETCH_UNITS = 8 * BATCH_UNITS;

  private static final int STRETCH_BYTES = STRETCH_UNITS * DATA_UNIT;

  /** Low byte of the field polynomial x^128 + x^7 + x^2 + x + 1. */
  private static final long REDUCTION = 0x87;

  private final BlockKernel[] primary;
  private final BlockKernel[] secondary;
  private final byte[] numbers = new byte[STRETCH_UNITS * BLOCK_BYTES];
  private final byte[][] seeds;
  private final byte[] tweaks = new byte[BATCH_BYTES];
  private byte[] front = new byte[BATCH_BYTES];
  private byte[] back = new byte[BATCH_BYTES];

  /** Keys a worker; {@code keys} holds all primary keys, then all tweak keys, in key order. */
  XtsWorker(CipherChain chain, byte[] keys) {
    List<BlockCipher> ciphers = chain.keyOrder();
    primary = new BlockKernel[ciphers.size()];
    secondary = new BlockKernel[ciphers.size()];
    seeds = new byte[ciphers.size()][STRETCH_UNITS * BLOCK_BYTES];
    int offset = 0;
    for (int i = 0; i < primary.length; i++) {
      BlockCipher cipher = ciphers.get(i);
      primary[i] = Kernels.create(cipher, keys, offset);
      secondary[i] = Kernels.create(cipher, keys, offset + chain.keyBytes());
      offset += cipher.keyBytes();
    }
  }

  void encrypt(
      long firstUnit,
      byte[] source,
      int sourceOffset,
      byte[] target,
      int targetOffset,
      int length) {
    for (int done = 0; done < length; done += BATCH_BYTES) {
      int unit = done / DATA_UNIT % STRETCH_UNITS;
      if (unit == 0) {
        seed(firstUnit + done / DATA_UNIT, Math.min(STRETCH_BYTES, length - done) / DATA_UNIT);
      }
      int size = Math.min(BATCH_BYTES, length - done);
      System.arraycopy(source, sourceOffset + done, front, 0, size);
      for (int i = 0; i < primary.length; i++) {
        expand(seeds[i], unit, size / DATA_UNIT);
        xor(front, tweaks, size);
        primary[i].encrypt(front, back, size);
        xor(back, tweaks, size);
        swap();
      }
      System.arraycopy(front, 0, target, targetOffset + done, size);
    }
  }

  void decrypt(
      long firstUnit,
      byte[] source,
      int sourceOffset,
      byte[] target,
      int targetOffset,
      int length) {
    for (int done = 0; done < length; done += BATCH_BYTES) {
      int unit = done / DATA_UNIT % STRETCH_UNITS;
      if (unit == 0) {
        seed(firstUnit + done / DATA_UNIT, Math.min(STRETCH_BYTES, length - done) / DATA_UNIT);
      }
      int size = Math.min(BATCH_BYTES, length - done);
      System.arraycopy(source, sourceOffset + done, front, 0, size);
      for (int i = primary.length - 1; i >= 0; i--) {
        expand(seeds[i], unit, size / DATA_UNIT);
        xor(front, tweaks, size);
        primary[i].decrypt(front, back, size);
        xor(back, tweaks, size);
        swap();
      }
      System.arraycopy(front, 0, target, targetOffset + done, size);
    }
  }

  /** Encrypts the numbers of a stretch: 64-bit little-endian, extended with zeros to a block. */
  private void seed(long firstUnit, int units) {
    for (int unit = 0; unit < units; unit++) {
      LONG.set(numbers, unit * BLOCK_BYTES, firstUnit + unit);
    }
    for (int i = 0; i < secondary.length; i++) {
      secondary[i].encrypt(numbers, seeds[i], units * BLOCK_BYTES);
    }
  }

  /** Fills the tweaks of a batch: an encrypted unit number, then doubled from block to block. */
  private void expand(byte[] encrypted, int firstUnit, int units) {
    int unit = 0;
    for (; unit + 4 <= units; unit += 4) {
      expandFour(encrypted, (firstUnit + unit) * BLOCK_BYTES, tweaks, unit * DATA_UNIT);
    }
    for (; unit < units; unit++) {
      expandOne(encrypted, (firstUnit + unit) * BLOCK_BYTES, tweaks, unit * DATA_UNIT);
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

  private static void xor(byte[] data, byte[] tweaks, int size) {
    for (int i = 0; i < size; i++) {
      data[i] ^= tweaks[i];
    }
  }

  private void swap() {
    byte[] swapped = front;
    front = back;
    back = swapped;
  }

  /** Wipes data and keys. */
  void wipe() {
    for (byte[] array : List.of(numbers, tweaks, front, back)) {
      Arrays.fill(array, (byte) 0);
    }
    for (int i = 0; i < primary.length; i++) {
      Arrays.fill(seeds[i], (byte) 0);
      primary[i].wipe();
      secondary[i].wipe();
    }
  }
}
