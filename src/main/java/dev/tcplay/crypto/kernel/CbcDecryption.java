package dev.tcplay.crypto.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Decrypts units in CBC, where the ciphers run over all blocks of a batch at once. */
final class CbcDecryption {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final BlockKernel[] kernels;
  private final CbcVectors vectors;
  private final int blockBytes;
  private final int unitBytes;
  private final int batchBytes;
  private final byte[] previous;
  private byte[] front;
  private byte[] back;

  CbcDecryption(BlockKernel[] kernels, CbcVectors vectors, int blockBytes, int unitBytes) {
    this.kernels = kernels;
    this.vectors = vectors;
    this.blockBytes = blockBytes;
    this.unitBytes = unitBytes;
    int batch = Arrays.stream(kernels).mapToInt(BlockKernel::batchBytes).max().orElseThrow();
    batchBytes = Math.max(unitBytes, batch - batch % unitBytes);
    previous = new byte[batchBytes + BlockKernel.SPACING];
    front = new byte[batchBytes + BlockKernel.SPACING];
    back = new byte[batchBytes + BlockKernel.SPACING];
  }

  /** Decrypts whole units; source and target may be the same place. */
  void decrypt(
      long firstUnit,
      byte[] source,
      int sourceOffset,
      byte[] target,
      int targetOffset,
      int length) {
    for (int done = 0; done < length; done += batchBytes) {
      int size = Math.min(batchBytes, length - done);
      System.arraycopy(source, sourceOffset + done, front, 0, size);
      begin(firstUnit + done / unitBytes, size);
      for (int i = kernels.length - 1; i >= 0; i--) {
        kernels[i].decrypt(front, back, size);
        byte[] swapped = front;
        front = back;
        back = swapped;
      }
      XtsWorker.xor(front, previous, size);
      System.arraycopy(front, 0, target, targetOffset + done, size);
    }
  }

  /** Takes the whitening off, and sets apart what comes before each block. */
  private void begin(long unit, int size) {
    for (int at = 0; at < size; at += unitBytes) {
      add(front, at, at + unitBytes, vectors.whitening(unit + at / unitBytes));
    }
    System.arraycopy(front, 0, previous, blockBytes, size - blockBytes);
    for (int at = 0; at < size; at += unitBytes) {
      vectors.vector(unit + at / unitBytes, previous, at, blockBytes);
    }
  }

  private static void add(byte[] data, int from, int to, long word) {
    for (int i = from; i < to; i += Long.BYTES) {
      LONG.set(data, i, (long) LONG.get(data, i) ^ word);
    }
  }

  /** Wipes data. */
  void wipe() {
    Arrays.fill(previous, (byte) 0);
    Arrays.fill(front, (byte) 0);
    Arrays.fill(back, (byte) 0);
  }
}
