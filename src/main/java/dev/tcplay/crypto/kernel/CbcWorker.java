package dev.tcplay.crypto.kernel;

import java.util.List;

/**
 * CBC over units: each is a chain of blocks of its own, around all ciphers. In TrueCrypt's all of
 * its ciphertext is whitened.
 */
public final class CbcWorker implements UnitWorker {

  private final BlockKernel[] kernels;
  private final CbcVectors vectors;
  private final CbcEncryption encryption;
  private final CbcDecryption decryption;

  private CbcWorker(
      List<BlockCipher> ciphers, byte[] keys, int keysAt, CbcVectors vectors, int unitBytes) {
    this.vectors = vectors;
    int blockBytes = ciphers.get(0).blockBytes();
    kernels = new BlockKernel[ciphers.size()];
    XtsWorker.keyed(ciphers, keys, keysAt, kernels);
    encryption = new CbcEncryption(kernels, vectors, blockBytes, unitBytes);
    decryption = new CbcDecryption(kernels, vectors, blockBytes, unitBytes);
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

  /**
   * Keys a worker whose vectors are the units' numbers, without whitening: Linux's {@code plain64}.
   */
  public static CbcWorker ofNumberedUnits(BlockCipher cipher, byte[] keys) {
    return new CbcWorker(List.of(cipher), keys, 0, new NumberVectors(), XtsWorker.DATA_UNIT);
  }

  /**
   * Keys a worker whose vectors are the units' numbers, encrypted, without whitening: Linux's
   * {@code essiv}.
   *
   * @param keys the cipher's key, and behind it the key that numbers are encrypted with
   */
  public static CbcWorker ofEncryptedNumbers(BlockCipher cipher, byte[] keys) {
    CbcVectors vectors = new EncryptedVectors(cipher, keys, cipher.keyBytes());
    return new CbcWorker(List.of(cipher), keys, 0, vectors, XtsWorker.DATA_UNIT);
  }

  @Override
  public void encrypt(
      long firstUnit,
      byte[] source,
      int sourceOffset,
      byte[] target,
      int targetOffset,
      int length) {
    encryption.encrypt(firstUnit, source, sourceOffset, target, targetOffset, length);
  }

  @Override
  public void decrypt(
      long firstUnit,
      byte[] source,
      int sourceOffset,
      byte[] target,
      int targetOffset,
      int length) {
    decryption.decrypt(firstUnit, source, sourceOffset, target, targetOffset, length);
  }

  @Override
  public void wipe() {
    for (BlockKernel kernel : kernels) {
      kernel.wipe();
    }
    vectors.wipe();
    encryption.wipe();
    decryption.wipe();
  }
}
