package dev.tcplay.crypto.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * TrueCrypt's CBC over units: each is a chain of blocks of its own, around all ciphers, and all of
 * its ciphertext is whitened.
 *
 * <p>Decryption has all of a batch's ciphertext at hand, so that the ciphers run over the batch as
 * a whole. In encryption each block waits for the one before, but units do not wait for each other:
 * the ciphers run over one block of each unit of a group.
 */
public final class CbcWorker implements UnitWorker {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The most units that are encrypted side by side. */
  private static final int GROUP_UNITS = 128;

  private final BlockKernel[] kernels;
  private final CbcSeed seed;
  private final int blockBytes;
  private final int unitBytes;
  private final int batchBytes;
  private final long[] whitenings = new long[GROUP_UNITS];
  private final byte[] previous;
  private byte[] front;
  private byte[] back;

  private CbcWorker(
      List<BlockCipher> ciphers, byte[] keys, int keysAt, CbcSeed seed, int unitBytes) {
    this.seed = seed;
    this.unitBytes = unitBytes;
    blockBytes = ciphers.get(0).blockBytes();
    kernels = new BlockKernel[ciphers.size()];
    XtsWorker.keyed(ciphers, keys, keysAt, kernels);
    int batch = Arrays.stream(kernels).mapToInt(BlockKernel::batchBytes).max().orElseThrow();
    batchBytes = Math.max(unitBytes, batch - batch % unitBytes);
    int room = Math.max(batchBytes, GROUP_UNITS * blockBytes) + BlockKernel.SPACING;
    previous = new byte[room];
    front = new byte[room];
    back = new byte[room];
  }

  /**
   * Keys a worker for data units.
   *
   * @param ciphers ciphers of one block size, in key order
   * @param keys begins with the seed of vectors and whitening; copied as far as needed
   * @param keysAt where the ciphers' keys begin
   */
  public static CbcWorker ofUnits(List<BlockCipher> ciphers, byte[] keys, int keysAt) {
    CbcSeed seed = CbcSeed.ofUnits(keys, ciphers.get(0).blockBytes());
    return new CbcWorker(ciphers, keys, keysAt, seed, XtsWorker.DATA_UNIT);
  }

  /**
   * Keys a worker for a header, which is unit 0 and the only one.
   *
   * @param headerBytes bytes of the header that are encrypted, whole blocks
   */
  public static CbcWorker ofHeader(
      List<BlockCipher> ciphers, byte[] keys, int keysAt, int headerBytes) {
    return new CbcWorker(ciphers, keys, keysAt, CbcSeed.ofHeader(keys), headerBytes);
  }

  @Override
  public void encrypt(
      long firstUnit,
      byte[] source,
      int sourceOffset,
      byte[] target,
      int targetOffset,
      int length) {
    int groupBytes = GROUP_UNITS * unitBytes;
    for (int done = 0; done < length; done += groupBytes) {
      int units = Math.min(groupBytes, length - done) / unitBytes;
      beginGroup(firstUnit + done / unitBytes, units);
      for (int i = done; i < done + unitBytes; i += blockBytes) {
        gather(source, sourceOffset + i, units);
        for (BlockKernel kernel : kernels) {
          kernel.encrypt(front, back, units * blockBytes);
          swap();
        }
        scatter(target, targetOffset + i, units);
      }
    }
  }

  private void beginGroup(long unit, int units) {
    for (int i = 0; i < units; i++) {
      whitenings[i] = seed.whitening(unit + i);
      seed.vector(unit + i, front, i * blockBytes, blockBytes);
    }
  }

  /** Adds a block of each unit to the ciphertext before it. */
  private void gather(byte[] source, int offset, int units) {
    int at = offset;
    for (int i = 0; i < units * blockBytes; i += blockBytes, at += unitBytes) {
      LONG.set(front, i, (long) LONG.get(front, i) ^ (long) LONG.get(source, at));
      if (blockBytes > Long.BYTES) {
        LONG.set(front, i + 8, (long) LONG.get(front, i + 8) ^ (long) LONG.get(source, at + 8));
      }
    }
  }

  /** Stores a block of each unit's ciphertext, whitened. */
  private void scatter(byte[] target, int offset, int units) {
    int at = offset;
    for (int i = 0; i < units; i++, at += unitBytes) {
      LONG.set(target, at, (long) LONG.get(front, i * blockBytes) ^ whitenings[i]);
      if (blockBytes > Long.BYTES) {
        LONG.set(target, at + 8, (long) LONG.get(front, i * blockBytes + 8) ^ whitenings[i]);
      }
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
      int size = Math.min(batchBytes, length - done);
      beginBatch(firstUnit + done / unitBytes, source, sourceOffset + done, size);
      for (int i = kernels.length - 1; i >= 0; i--) {
        kernels[i].decrypt(front, back, size);
        swap();
      }
      XtsWorker.xor(front, previous, size);
      System.arraycopy(front, 0, target, targetOffset + done, size);
    }
  }

  /** Takes the whitening off, and sets apart what precedes each block. */
  private void beginBatch(long unit, byte[] source, int offset, int size) {
    for (int at = 0; at < size; at += unitBytes) {
      long whitening = seed.whitening(unit + at / unitBytes);
      for (int i = at; i < at + unitBytes; i += Long.BYTES) {
        LONG.set(front, i, (long) LONG.get(source, offset + i) ^ whitening);
      }
    }
    System.arraycopy(front, 0, previous, blockBytes, size - blockBytes);
    for (int at = 0; at < size; at += unitBytes) {
      seed.vector(unit + at / unitBytes, previous, at, blockBytes);
    }
  }

  private void swap() {
    byte[] swapped = front;
    front = back;
    back = swapped;
  }

  @Override
  public void wipe() {
    for (byte[] array : List.of(previous, front, back)) {
      Arrays.fill(array, (byte) 0);
    }
    Arrays.fill(whitenings, 0);
    for (BlockKernel kernel : kernels) {
      kernel.wipe();
    }
    seed.wipe();
  }
}
