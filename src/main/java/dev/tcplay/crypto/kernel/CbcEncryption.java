package dev.tcplay.crypto.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Encrypts units in CBC. Each block waits for the one before, but units do not wait for each other:
 * the ciphers run over a column, the same block of each unit of a group.
 *
 * <p>A cache line of each unit is taken to pieces at once, so that no line is fetched twice, which
 * is worth a third of the time of AES. To check a new JDK: {@code OlderModesBenchmark -p
 * chain=AES}.
 */
final class CbcEncryption {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The most units side by side: Serpent's lanes want many, and columns stay in the caches. */
  private static final int GROUP_UNITS = 256;

  private static final int LINE_BYTES = 64;
  private static final int LONG_BLOCK_BYTES = BlockCipher.BLOCK_BYTES;

  private final BlockKernel[] kernels;
  private final CbcVectors vectors;
  private final int blockBytes;
  private final int unitBytes;
  private final long[] whitenings = new long[GROUP_UNITS];
  private final byte[][] columns;

  /** The column of ciphertext before the one at work. */
  private byte[] previous;

  private byte[] back;

  CbcEncryption(BlockKernel[] kernels, CbcVectors vectors, int blockBytes, int unitBytes) {
    this.kernels = kernels;
    this.vectors = vectors;
    this.blockBytes = blockBytes;
    this.unitBytes = unitBytes;
    int room = GROUP_UNITS * blockBytes + BlockKernel.SPACING;
    columns = new byte[LINE_BYTES / blockBytes][room];
    previous = new byte[room];
    back = new byte[room];
  }

  /** Encrypts whole units; source and target may be the same place. */
  void encrypt(
      long firstUnit,
      byte[] source,
      int sourceOffset,
      byte[] target,
      int targetOffset,
      int length) {
    int groupBytes = GROUP_UNITS * unitBytes;
    for (int done = 0; done < length; done += groupBytes) {
      int units = Math.min(groupBytes, length - done) / unitBytes;
      begin(firstUnit + done / unitBytes, units);
      for (int i = done; i < done + unitBytes; i += LINE_BYTES) {
        int blocks = Math.min(LINE_BYTES, done + unitBytes - i) / blockBytes;
        gather(source, sourceOffset + i, units, blocks);
        for (int block = 0; block < blocks; block++) {
          encryptColumn(block, units * blockBytes);
        }
        scatter(target, targetOffset + i, units, blocks);
      }
    }
  }

  private void begin(long unit, int units) {
    for (int i = 0; i < units; i++) {
      whitenings[i] = vectors.whitening(unit + i);
      vectors.vector(unit + i, previous, i * blockBytes, blockBytes);
    }
  }

  /** Encrypts a column, and leaves a copy of it for the next. */
  private void encryptColumn(int block, int size) {
    byte[] column = columns[block];
    XtsWorker.xor(column, previous, size);
    for (BlockKernel kernel : kernels) {
      kernel.encrypt(column, back, size);
      byte[] swapped = column;
      column = back;
      back = swapped;
    }
    columns[block] = column;
    System.arraycopy(column, 0, previous, 0, size);
  }

  private void gather(byte[] source, int offset, int units, int blocks) {
    if (blocks * LONG_BLOCK_BYTES == LINE_BYTES && blockBytes == LONG_BLOCK_BYTES) {
      byte[] a = columns[0];
      byte[] b = columns[1];
      byte[] c = columns[2];
      byte[] d = columns[3];
      for (int i = 0, at = offset; i < units * 16; i += 16, at += unitBytes) {
        LONG.set(a, i, (long) LONG.get(source, at));
        LONG.set(a, i + 8, (long) LONG.get(source, at + 8));
        LONG.set(b, i, (long) LONG.get(source, at + 16));
        LONG.set(b, i + 8, (long) LONG.get(source, at + 24));
        LONG.set(c, i, (long) LONG.get(source, at + 32));
        LONG.set(c, i + 8, (long) LONG.get(source, at + 40));
        LONG.set(d, i, (long) LONG.get(source, at + 48));
        LONG.set(d, i + 8, (long) LONG.get(source, at + 56));
      }
      return;
    }
    for (int block = 0; block < blocks; block++) {
      for (int i = 0; i < units; i++) {
        int at = offset + i * unitBytes + block * blockBytes;
        System.arraycopy(source, at, columns[block], i * blockBytes, blockBytes);
      }
    }
  }

  /** Puts the blocks back into their units, whitened. */
  private void scatter(byte[] target, int offset, int units, int blocks) {
    if (blocks * LONG_BLOCK_BYTES == LINE_BYTES && blockBytes == LONG_BLOCK_BYTES) {
      byte[] a = columns[0];
      byte[] b = columns[1];
      byte[] c = columns[2];
      byte[] d = columns[3];
      for (int i = 0, at = offset; i < units * 16; i += 16, at += unitBytes) {
        long whitening = whitenings[i / 16];
        LONG.set(target, at, (long) LONG.get(a, i) ^ whitening);
        LONG.set(target, at + 8, (long) LONG.get(a, i + 8) ^ whitening);
        LONG.set(target, at + 16, (long) LONG.get(b, i) ^ whitening);
        LONG.set(target, at + 24, (long) LONG.get(b, i + 8) ^ whitening);
        LONG.set(target, at + 32, (long) LONG.get(c, i) ^ whitening);
        LONG.set(target, at + 40, (long) LONG.get(c, i + 8) ^ whitening);
        LONG.set(target, at + 48, (long) LONG.get(d, i) ^ whitening);
        LONG.set(target, at + 56, (long) LONG.get(d, i + 8) ^ whitening);
      }
      return;
    }
    for (int block = 0; block < blocks; block++) {
      for (int i = 0; i < units; i++) {
        int at = offset + i * unitBytes + block * blockBytes;
        for (int word = 0; word < blockBytes; word += Long.BYTES) {
          long bare = (long) LONG.get(columns[block], i * blockBytes + word);
          LONG.set(target, at + word, bare ^ whitenings[i]);
        }
      }
    }
  }

  /** Wipes data and whitening. */
  void wipe() {
    for (byte[] column : columns) {
      Arrays.fill(column, (byte) 0);
    }
    Arrays.fill(previous, (byte) 0);
    Arrays.fill(back, (byte) 0);
    Arrays.fill(whitenings, 0);
  }
}
