package dev.tcplay.crypto;

import java.util.Arrays;

/**
 * What the table kernels share. Look-ups wait for each other within a block, so that several blocks
 * run side by side; what is left at the end of a batch runs beside blocks that nobody wants.
 */
abstract sealed class InterleavedKernel implements BlockKernel
    permits TwofishKernel, CamelliaKernel, KuznyechikKernel {

  /**
   * So many first calls process as little as possible. The virtual machine finds out what to
   * compile by counting calls above all; called for whole batches, it would interpret the first
   * megabyte.
   */
  private static final int SHORT_CALLS = 3000;

  private final int width;
  private final byte[] restIn;
  private final byte[] restOut;
  private int shortCalls = SHORT_CALLS;

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

  /** Encrypts bytes {@code from} to {@code to}, a multiple of the blocks that run side by side. */
  abstract void encryptWide(byte[] source, byte[] target, int from, int to);

  /** Decrypts bytes {@code from} to {@code to}, a multiple of the blocks that run side by side. */
  abstract void decryptWide(byte[] source, byte[] target, int from, int to);

  @Override
  public final void encrypt(byte[] source, byte[] target, int length) {
    int wide = length - length % width;
    int done = 0;
    for (; done < wide && shortCalls > 0; shortCalls--) {
      encryptWide(source, target, done, done + width);
      done += width;
    }
    encryptWide(source, target, done, wide);
    if (wide < length) {
      System.arraycopy(source, wide, restIn, 0, length - wide);
      encryptWide(restIn, restOut, 0, width);
      System.arraycopy(restOut, 0, target, wide, length - wide);
    }
  }

  @Override
  public final void decrypt(byte[] source, byte[] target, int length) {
    int wide = length - length % width;
    int done = 0;
    for (; done < wide && shortCalls > 0; shortCalls--) {
      decryptWide(source, target, done, done + width);
      done += width;
    }
    decryptWide(source, target, done, wide);
    if (wide < length) {
      System.arraycopy(source, wide, restIn, 0, length - wide);
      decryptWide(restIn, restOut, 0, width);
      System.arraycopy(restOut, 0, target, wide, length - wide);
    }
  }

  @Override
  public void wipe() {
    Arrays.fill(restIn, (byte) 0);
    Arrays.fill(restOut, (byte) 0);
  }
}
