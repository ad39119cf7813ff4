package dev.tcplay.crypto;

import static dev.tcplay.crypto.DataUnitCipher.DATA_UNIT;

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
 */
final class XtsWorker {

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
   * @param keys holds all primary keys, then all tweak keys, in key order
   */
  XtsWorker(CipherChain chain, byte[] keys) {
    kernels = keyed(chain, keys, 0);
    tweaks = new XtsTweaks(keyed(chain, keys, chain.keyBytes()));
    batchBytes = Arrays.stream(kernels).mapToInt(BlockKernel::batchBytes).max().orElseThrow();
    mask = new byte[batchBytes + BlockKernel.SPACING];
    front = new byte[batchBytes + BlockKernel.SPACING];
    back = new byte[batchBytes + BlockKernel.SPACING];
  }

  private static BlockKernel[] keyed(CipherChain chain, byte[] keys, int offset) {
    List<BlockCipher> ciphers = chain.keyOrder();
    BlockKernel[] kernels = new BlockKernel[ciphers.size()];
    int at = offset;
    for (int i = 0; i < kernels.length; i++) {
      kernels[i] = Kernels.create(ciphers.get(i), keys, at);
      at += ciphers.get(i).keyBytes();
    }
    return kernels;
  }

  void encrypt(
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

  void decrypt(
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

  private static void xor(byte[] data, byte[] mask, int size) {
    if (size == DATA_UNIT) {
      // One unit is shorter than what the loop below does at once.
      for (int i = 0; i < DATA_UNIT; i += Long.BYTES) {
        xorWord(data, mask, i);
      }
    } else {
      // Counted in words: a loop that counts bytes is not aligned before its vectors on JDK 17.
      for (int i = 0; i < size / Long.BYTES; i++) {
        xorWord(data, mask, i * Long.BYTES);
      }
    }
  }

  private static void xorWord(byte[] data, byte[] mask, int at) {
    LONG.set(data, at, (long) LONG.get(data, at) ^ (long) LONG.get(mask, at));
  }

  private void swap() {
    byte[] swapped = front;
    front = back;
    back = swapped;
  }

  /** Wipes data and keys. */
  void wipe() {
    for (byte[] array : List.of(mask, front, back)) {
      Arrays.fill(array, (byte) 0);
    }
    for (BlockKernel kernel : kernels) {
      kernel.wipe();
    }
    tweaks.wipe();
  }
}
