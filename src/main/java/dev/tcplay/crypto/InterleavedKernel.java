package dev.tcplay.crypto;

import java.util.Arrays;

/**
 * What the table kernels share. Look-ups wait for each other within a block, so that several blocks
 * run side by side; what is left at the end of a batch runs beside blocks that nobody wants.
 */
abstract sealed class InterleavedKernel implements BlockKernel
    permits TwofishKernel, CamelliaKernel, KuznyechikKernel {

  private final int width;
  private final byte[] restIn;
  private final byte[] restOut;

  /**
   * Makes a kernel.
   *
   * @param blocks how many blocks run side by side
   */
  InterleavedKernel(int blocks) {
    width = blocks * BlockCipher.BLOCK_BYTES;
    restIn = new byte[width];
    restOut = new byte[width];
  }

  /** Encrypts a multiple of the blocks that run side by side. */
  abstract void encryptWide(byte[] source, byte[] target, int length);

  /** Decrypts a multiple of the blocks that run side by side. */
  abstract void decryptWide(byte[] source, byte[] target, int length);

  @Override
  public final void encrypt(byte[] source, byte[] target, int length) {
    int wide = length - length % width;
    encryptWide(source, target, wide);
    if (wide < length) {
      System.arraycopy(source, wide, restIn, 0, length - wide);
      encryptWide(restIn, restOut, width);
      System.arraycopy(restOut, 0, target, wide, length - wide);
    }
  }

  @Override
  public final void decrypt(byte[] source, byte[] target, int length) {
    int wide = length - length % width;
    decryptWide(source, target, wide);
    if (wide < length) {
      System.arraycopy(source, wide, restIn, 0, length - wide);
      decryptWide(restIn, restOut, width);
      System.arraycopy(restOut, 0, target, wide, length - wide);
    }
  }

  @Override
  public void wipe() {
    Arrays.fill(restIn, (byte) 0);
    Arrays.fill(restOut, (byte) 0);
  }
}
