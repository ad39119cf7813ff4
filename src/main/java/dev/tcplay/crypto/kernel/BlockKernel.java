package dev.tcplay.crypto.kernel;

/**
 * A keyed block cipher over many blocks at once, each for itself (ECB); the modes are built on it.
 *
 * <p>All arrays are used from index 0 and the two arrays of a call are never the same, since that
 * is what lets the platform's intrinsics and the compiler's vectors do their work. Not thread-safe;
 * each instance is confined to the caller that borrowed it.
 */
public interface BlockKernel {

  /**
   * Bytes by which arrays of a multiple of 4 KiB are made longer if they are allocated one after
   * the other and gone through side by side. With its header of 16 bytes each then fills whole
   * cache lines, so that all lie alike, and a vector that crosses no line in one of them crosses
   * none in any. And no two are a multiple of 4 KiB apart: if a load and a recent store agree in
   * the lowest twelve bits of their addresses, the processor takes them for the same place, and the
   * load waits.
   */
  int SPACING = 13 * 64 + 48;

  /** Encrypts the first {@code length} bytes, a multiple of the block size. */
  void encrypt(byte[] source, byte[] target, int length);

  /** Decrypts the first {@code length} bytes, a multiple of the block size. */
  void decrypt(byte[] source, byte[] target, int length);

  /**
   * Returns how many bytes to process at once, a multiple of a data unit: enough to make up for the
   * call, few enough to stay in the processor's nearest caches.
   */
  default int batchBytes() {
    return 8192;
  }

  /** Wipes the key schedule, as far as the implementation can reach it. */
  void wipe();
}
