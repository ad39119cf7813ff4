package dev.tcplay.crypto;

import dev.tcplay.crypto.kernel.XtsWorker;

/**
 * Encrypts and decrypts data units of {@value #DATA_UNIT} bytes: a cipher chain in its mode, keyed.
 *
 * <p>This is the seam behind which kernels are exchanged. A chain of ciphers is one object, so that
 * it can run all of its ciphers over a batch that stays in the processor's cache.
 *
 * <p>Safe for any number of threads at once. {@link #close} wipes the keys; it must not run while
 * another call does.
 */
public interface DataUnitCipher extends AutoCloseable {

  /** Bytes in a data unit, whatever the sector size of the volume. */
  int DATA_UNIT = XtsWorker.DATA_UNIT;

  /**
   * Encrypts whole data units.
   *
   * @param firstUnit number of the first unit, unsigned, as the volume counts them
   * @param source plaintext; unchanged unless it is also the target
   * @param sourceOffset where the plaintext begins
   * @param target receives the ciphertext; may be {@code source} with the same offset
   * @param targetOffset where the ciphertext begins
   * @param length bytes to encrypt, a multiple of {@link #DATA_UNIT}, possibly 0
   * @throws IllegalArgumentException if {@code length} is not a multiple of the data unit
   * @throws IndexOutOfBoundsException if a range does not lie inside its array
   * @throws IllegalStateException if this cipher is closed
   */
  void encrypt(
      long firstUnit, byte[] source, int sourceOffset, byte[] target, int targetOffset, int length);

  /** Decrypts whole data units; the twin of {@link #encrypt}. */
  void decrypt(
      long firstUnit, byte[] source, int sourceOffset, byte[] target, int targetOffset, int length);

  /** Wipes the keys. Only the first call acts. */
  @Override
  void close();
}
