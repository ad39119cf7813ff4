package dev.tcplay.crypto.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * XTS passes over a batch that stays in the processor's nearest caches. Confined to one caller at a
 * time; the tweaks remember unit seeds from call to call.
 *
 * <p>The loop that combines data and tweaks indexes both arrays by the same variable from 0, and
 * data is copied in and out, since only such loops become vector instructions.
 *
 * <p>What was searched: the loop counts words, as one that counts bytes by eights is not aligned on
 * JDK 17, and one over bytes does up to 127 of them singly; it is too large to become part of
 * another method, or in some processes it called a method for each word on JDK 25, at a price of 20
 * ns for a sector; arrays are spaced so that they are not multiples of 4 KiB apart, or AES takes
 * 3.8 instead of 2.7 microseconds in some processes; a worker goes back to its place without a
 * lock. Not kept: a loop that adds tweaks at an offset, which gets no vectors. To check a new JDK:
 * {@code XtsBenchmark -p chain=AES}, {@code EncryptionPriceBenchmark} for deep callers.
 */
public final class XtsWorker implements UnitWorker {

  /** Bytes in a data unit. */
  public static final int DATA_UNIT = 512;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final BlockKernel[] kernels;
  private final XtsTweaks tweaks;
  private final int batchBytes;
  private final byte[] mask;
  private byte[] front;
  private byte[] back;

  /**
   * Keys a worker.
   *
   * @param ciphers the chain, in key order
   * @param keys holds all primary keys, then all tweak keys, in key order; copied as far as needed
   */
  public XtsWorker(List<BlockCipher> ciphers, byte[] keys) {
    kernels = new BlockKernel[ciphers.size()];
    int tweakKeys = keyed(ciphers, keys, 0, kernels);
    BlockKernel[] tweakKernels = new BlockKernel[ciphers.size()];
    keyed(ciphers, keys, tweakKeys, tweakKernels);
    tweaks = new XtsTweaks(tweakKernels);
    batchBytes = Arrays.stream(kernels).mapToInt(BlockKernel::batchBytes).max().orElseThrow();
    mask = new byte[batchBytes + BlockKernel.SPACING];
    front = new byte[batchBytes + BlockKernel.SPACING];
    back = new byte[batchBytes + BlockKernel.SPACING];
  }

  /** Keys a kernel for each cipher, and returns where the last key ends. */
  static int keyed(List<BlockCipher> ciphers, byte[] keys, int offset, BlockKernel[] kernels) {
    int at = offset;
    for (int i = 0; i < kernels.length; i++) {
      kernels[i] = Kernels.create(ciphers.get(i), keys, at);
      at += ciphers.get(i).keyBytes();
    }
    return at;
  }

  @Override
  public void encrypt(
      long firstUnit,
      byte[] source,
      int sourceOffset,
      byte[] target,
      int targetOffset,
      int length) {
    for (int done = 0; done < length; done += batchBytes) {
      long unit = firstUnit + done / DATA_UNIT;
      int size = Math.min(batchBytes, length - done);
      tweaks.prepare(unit, size / DATA_UNIT, (length - done) / DATA_UNIT);
      System.arraycopy(source, sourceOffset + done, front, 0, size);
      for (int i = 0; i < kernels.length; i++) {
        tweaks.expand(i, unit, size / DATA_UNIT, mask);
        xor(front, mask, size);
        kernels[i].encrypt(front, back, size);
        xor(back, mask, size);
        swap();
      }
      System.arraycopy(front, 0, target, targetOffset + done, size);
    }
  }

  @Override
  public void decrypt(
      long firstUnit,
      byte[] source,
      int sourceOffset,
      byte[] target,
      int targetOffset,
      int length) {
    for (int done = 0; done < length; done += batchBytes) {
      long unit = firstUnit + done / DATA_UNIT;
      int size = Math.min(batchBytes, length - done);
      tweaks.prepare(unit, size / DATA_UNIT, (length - done) / DATA_UNIT);
      System.arraycopy(source, sourceOffset + done, front, 0, size);
      for (int i = kernels.length - 1; i >= 0; i--) {
        tweaks.expand(i, unit, size / DATA_UNIT, mask);
        xor(front, mask, size);
        kernels[i].decrypt(front, back, size);
        xor(back, mask, size);
        swap();
      }
      System.arraycopy(front, 0, target, targetOffset + done, size);
    }
  }

  /**
   * Adds a mask to data.
   *
   * <p>A unit is written out, since it is shorter than what the loop over words does at once; and
   * so this method is larger than the 325 bytes of code that HotSpot makes part of a caller
   * (FreqInlineSize). It does that 15 calls deep (MaxInlineLevel), and where the depth ends within
   * an access to a word, the loop calls a method for each word, for as long as the process lives.
   */
  static void xor(byte[] data, byte[] mask, int size) {
    if (size == DATA_UNIT) {
      for (int i = 0; i < DATA_UNIT; i += 16 * Long.BYTES) {
        LONG.set(data, i, (long) LONG.get(data, i) ^ (long) LONG.get(mask, i));
        LONG.set(data, i + 8, (long) LONG.get(data, i + 8) ^ (long) LONG.get(mask, i + 8));
        LONG.set(data, i + 16, (long) LONG.get(data, i + 16) ^ (long) LONG.get(mask, i + 16));
        LONG.set(data, i + 24, (long) LONG.get(data, i + 24) ^ (long) LONG.get(mask, i + 24));
        LONG.set(data, i + 32, (long) LONG.get(data, i + 32) ^ (long) LONG.get(mask, i + 32));
        LONG.set(data, i + 40, (long) LONG.get(data, i + 40) ^ (long) LONG.get(mask, i + 40));
        LONG.set(data, i + 48, (long) LONG.get(data, i + 48) ^ (long) LONG.get(mask, i + 48));
        LONG.set(data, i + 56, (long) LONG.get(data, i + 56) ^ (long) LONG.get(mask, i + 56));
        LONG.set(data, i + 64, (long) LONG.get(data, i + 64) ^ (long) LONG.get(mask, i + 64));
        LONG.set(data, i + 72, (long) LONG.get(data, i + 72) ^ (long) LONG.get(mask, i + 72));
        LONG.set(data, i + 80, (long) LONG.get(data, i + 80) ^ (long) LONG.get(mask, i + 80));
        LONG.set(data, i + 88, (long) LONG.get(data, i + 88) ^ (long) LONG.get(mask, i + 88));
        LONG.set(data, i + 96, (long) LONG.get(data, i + 96) ^ (long) LONG.get(mask, i + 96));
        LONG.set(data, i + 104, (long) LONG.get(data, i + 104) ^ (long) LONG.get(mask, i + 104));
        LONG.set(data, i + 112, (long) LONG.get(data, i + 112) ^ (long) LONG.get(mask, i + 112));
        LONG.set(data, i + 120, (long) LONG.get(data, i + 120) ^ (long) LONG.get(mask, i + 120));
      }
    } else {
      // Counted in words: a loop that counts bytes is not aligned before its vectors on JDK 17.
      for (int i = 0; i < size / Long.BYTES; i++) {
        LONG.set(
            data,
            i * Long.BYTES,
            (long) LONG.get(data, i * Long.BYTES) ^ (long) LONG.get(mask, i * Long.BYTES));
      }
    }
  }

  private void swap() {
    byte[] swapped = front;
    front = back;
    back = swapped;
  }

  @Override
  public void wipe() {
    for (byte[] array : List.of(mask, front, back)) {
      Arrays.fill(array, (byte) 0);
    }
    for (BlockKernel kernel : kernels) {
      kernel.wipe();
    }
    tweaks.wipe();
  }
}
