package dev.tcplay.crypto;

/** Chooses the kernel of a cipher. */
final class Kernels {

  private Kernels() {}

  /** Returns a kernel under the key that begins at {@code keys[offset]}; keeps no reference. */
  static BlockKernel create(BlockCipher cipher, byte[] keys, int offset) {
    return switch (cipher) {
      case AES -> new AesKernel(keys, offset);
      default -> new BouncyCastleKernel(cipher, keys, offset);
    };
  }
}
