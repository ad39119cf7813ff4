package dev.tcplay.crypto.kernel;

import java.util.Arrays;

/** Vectors that are the number of the unit, encrypted by another key, and no whitening. */
final class EncryptedVectors implements CbcVectors {

  private final NumberVectors numbers = new NumberVectors();
  private final BlockKernel kernel;
  private final byte[] plain;
  private final byte[] encrypted;

  /** Keys the vectors; keeps no reference. */
  EncryptedVectors(BlockCipher cipher, byte[] keys, int keyAt) {
    kernel = Kernels.create(cipher, keys, keyAt);
    plain = new byte[kernel.batchBytes() + BlockKernel.SPACING];
    encrypted = new byte[kernel.batchBytes() + BlockKernel.SPACING];
  }

  @Override
  public void vector(long unit, byte[] target, int offset, int blockBytes) {
    numbers.vector(unit, plain, 0, blockBytes);
    kernel.encrypt(plain, encrypted, blockBytes);
    System.arraycopy(encrypted, 0, target, offset, blockBytes);
  }

  @Override
  public long whitening(long unit) {
    return 0;
  }

  @Override
  public void wipe() {
    kernel.wipe();
    Arrays.fill(encrypted, (byte) 0);
  }
}
