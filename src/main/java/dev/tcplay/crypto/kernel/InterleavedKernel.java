package dev.tcplay.crypto.kernel;

import java.util.Arrays;

/**
 * What the table kernels share. Look-ups wait for each other within a block, so that several blocks
 * run side by side; what is left at the end of a batch runs beside blocks that nobody wants.
 *
 * <p>How many blocks run side by side is said, and was searched, in each kernel.
 */
abstract sealed class InterleavedKernel implements BlockKernel
    permits TwofishKernel, CamelliaKernel, KuznyechikKernel {

  /** Rounds of a method's inner loops for each round of its outer loop: at most, Kuznyechik's. */
  private static final int ROUNDS = 9;

  private final int width;
  private final byte[] restIn;
  private final byte[] restOut;
  private final IdleCalls encryptions;
  private final IdleCalls decryptions;

  /**
   * Makes a kernel.
   *
   * @param blocks how many blocks run side by side
   * @param encryptions what goes beside calls that encrypt, in all kernels of the cipher
   * @param decryptions the same for calls that decrypt
   */
  InterleavedKernel(int blocks, IdleCalls encryptions, IdleCalls decryptions) {
    this.encryptions = encryptions;
    this.decryptions = decryptions;
    width = blocks * BlockCipher.BLOCK_BYTES;
    restIn = new byte[width];
    restOut = new byte[width];
  }

  /**
   * Encrypts so many bytes, a multiple of the blocks that run side by side. With length 0 it does
   * nothing.
   */
  abstract void encryptWide(byte[] source, byte[] target, int length);

  /**
   * Decrypts so many bytes, a multiple of the blocks that run side by side. With length 0 it does
   * nothing.
   */
  abstract void decryptWide(byte[] source, byte[] target, int length);

  @Override
  public final void encrypt(byte[] source, byte[] target, int length) {
    int wide = length - length % width;
    for (int i = encryptions.before(wide / width * ROUNDS); i > 0; i--) {
      encryptWide(source, target, 0);
    }
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
    for (int i = decryptions.before(wide / width * ROUNDS); i > 0; i--) {
      decryptWide(source, target, 0);
    }
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
