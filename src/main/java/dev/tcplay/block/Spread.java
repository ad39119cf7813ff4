package dev.tcplay.block;

import static dev.tcplay.crypto.DataUnitCipher.DATA_UNIT;

import dev.tcplay.crypto.DataUnitCipher;
import java.util.function.LongSupplier;

/**
 * Spreads the data units of a request over the processors if that pays; otherwise they run in the
 * caller.
 *
 * <p>While another processor wakes, a fast cipher is done. How many bytes are worth waking one
 * depends on the chain, on the processor, and on how far the virtual machine has compiled the
 * kernels, so it is measured. Measurements only ever tell that the cipher is faster than was
 * thought: whatever disturbs one makes it slower.
 */
final class Spread {

  /** What pays for waking another processor, in nanoseconds. */
  private static final long WORTH_NANOS = 100_000;

  /** What is taken to be worth it before anything is measured, in bytes. */
  private static final int SMALLEST_SHARE = 1 << 14;

  /** Encrypts or decrypts data units. */
  interface Transform {
    void run(
        long firstUnit,
        byte[] source,
        int sourceOffset,
        byte[] target,
        int targetOffset,
        int length);
  }

  private final Transform encrypt;
  private final Transform decrypt;
  private final int processors;
  private final LongSupplier nanoTime;
  private volatile int share = SMALLEST_SHARE;

  Spread(DataUnitCipher cipher) {
    this(cipher, Runtime.getRuntime().availableProcessors(), System::nanoTime);
  }

  /**
   * Spreads the requests of a cipher.
   *
   * @param processors the most shares of a request
   * @param nanoTime what tells the time
   */
  Spread(DataUnitCipher cipher, int processors, LongSupplier nanoTime) {
    this.processors = processors;
    this.nanoTime = nanoTime;
    encrypt = measured(cipher::encrypt);
    decrypt = measured(cipher::decrypt);
  }

  /** Encrypts like {@link DataUnitCipher#encrypt}. */
  void encrypt(
      long firstUnit,
      byte[] source,
      int sourceOffset,
      byte[] target,
      int targetOffset,
      int length) {
    run(encrypt, firstUnit, source, sourceOffset, target, targetOffset, length);
  }

  /** Decrypts like {@link DataUnitCipher#decrypt}. */
  void decrypt(
      long firstUnit,
      byte[] source,
      int sourceOffset,
      byte[] target,
      int targetOffset,
      int length) {
    run(decrypt, firstUnit, source, sourceOffset, target, targetOffset, length);
  }

  private void run(
      Transform transform,
      long firstUnit,
      byte[] source,
      int sourceOffset,
      byte[] target,
      int targetOffset,
      int length) {
    int shares = Math.max(1, Math.min(processors, length / share));
    if (shares == 1) {
      transform.run(firstUnit, source, sourceOffset, target, targetOffset, length);
    } else {
      int each = (length / shares + DATA_UNIT - 1) & -DATA_UNIT;
      new SharedRequest(
              transform, firstUnit, source, sourceOffset, target, targetOffset, length, each)
          .run();
    }
  }

  private Transform measured(Transform transform) {
    return (firstUnit, source, sourceOffset, target, targetOffset, length) -> {
      if (length < SMALLEST_SHARE) {
        transform.run(firstUnit, source, sourceOffset, target, targetOffset, length);
      } else {
        long start = nanoTime.getAsLong();
        transform.run(firstUnit, source, sourceOffset, target, targetOffset, length);
        learn(length, nanoTime.getAsLong() - start);
      }
    };
  }

  /**
   * Takes note of how many bytes took how long. Two threads may undo what the other has just
   * learnt; the next request teaches it again.
   */
  private void learn(int length, long nanos) {
    long worth = length * WORTH_NANOS / Math.max(1, nanos);
    if (worth > share) {
      share = (int) Math.min(Integer.MAX_VALUE, worth);
    }
  }
}
