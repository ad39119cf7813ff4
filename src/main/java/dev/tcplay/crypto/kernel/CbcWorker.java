package dev.tcplay.crypto.kernel;

import java.util.List;

/**
 * TrueCrypt's CBC over units: each is a chain of blocks of its own, around all ciphers, and all of
 * its ciphertext is whitened.
 */
public final class CbcWorker implements UnitWorker {

  private final BlockKernel[] kernels;
  private final CbcSeed seed;
  private final CbcEncryption encryption;
  private final CbcDecryption decryption;

  private CbcWorker(
      List<BlockCipher> ciphers, byte[] keys, int keysAt, CbcSeed seed, int unitBytes) {
    this.seed = seed;
    int blockBytes = ciphers.get(0).blockBytes();
    kernels = new BlockKernel[ciphers.size()];
    XtsWorker.keyed(ciphers, keys, keysAt, kernels);
    encryption = new CbcEncryption(kernels, seed, blockBytes, unitBytes);
    decryption = new CbcDecryption(kernels, seed, blockBytes, unitBytes);
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
    seed.wipe();
    encryption.wipe();
    decryption.wipe();
  }
}
