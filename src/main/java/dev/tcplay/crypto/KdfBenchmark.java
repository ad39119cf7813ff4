package dev.tcplay.crypto;

import dev.tcplay.CryptoDiagnostics.KdfSpeed;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * Measures the derivation of header keys at the cost that VeraCrypt sets without a PIM.
 *
 * <p>PBKDF2 derives a block with ever more iterations, twice as many each time, until one takes as
 * long as is wanted. That one counts; all before it, which together took as long, have warmed the
 * JIT. Argon2id runs once, since its loops are compiled within the first of its seconds.
 */
final class KdfBenchmark {

  private static final int FIRST_ITERATIONS = 1000;
  private static final int ITERATIONS = 500_000;
  private static final int RIPEMD160_ITERATIONS = 655_331;
  private static final int ARGON2_PASSES = 6;
  private static final int ARGON2_MEMORY_KIB = 416 * 1024;

  private static final byte[] PASSWORD = new byte[16];
  private static final byte[] SALT = new byte[64];

  private KdfBenchmark() {}

  /** Returns the time of a derivation of {@link KeyDerivation#MAX_BYTES} bytes. */
  static KdfSpeed measure(Prf prf, Duration time) throws InterruptedException {
    int iterations = iterations(prf);
    OptionalDouble seconds =
        prf == Prf.ARGON2ID
            ? argon2id()
            : OptionalDouble.of(pbkdf2(prf, iterations, time.toNanos()));
    return new KdfSpeed(
        prf.id(), iterations, KeyDerivation.MAX_BYTES, seconds, Kernels.nameOf(prf));
  }

  private static int iterations(Prf prf) {
    return switch (prf) {
      case ARGON2ID -> ARGON2_PASSES;
      case RIPEMD160 -> RIPEMD160_ITERATIONS;
      default -> ITERATIONS;
    };
  }

  private static double pbkdf2(Prf prf, int iterations, long leastNanos)
      throws InterruptedException {
    int measured = FIRST_ITERATIONS;
    long nanos = block(prf, measured);
    while (nanos < leastNanos && measured <= Integer.MAX_VALUE / 2) {
      measured *= 2;
      nanos = block(prf, measured);
    }
    int blocks = (KeyDerivation.MAX_BYTES + prf.digestBytes() - 1) / prf.digestBytes();
    return nanos / 1e9 / measured * iterations * blocks;
  }

  /** Returns the nanoseconds that one output block takes. */
  private static long block(Prf prf, int iterations) throws InterruptedException {
    try (KeyDerivation derivation = KeyDerivation.pbkdf2(prf, PASSWORD, SALT, iterations)) {
      return nanos(derivation, prf.digestBytes());
    } catch (InsufficientMemoryException e) {
      throw new IllegalStateException(e); // PBKDF2 needs none
    }
  }

  private static OptionalDouble argon2id() throws InterruptedException {
    try (KeyDerivation derivation =
        KeyDerivation.argon2id(PASSWORD, SALT, ARGON2_MEMORY_KIB, ARGON2_PASSES)) {
      return OptionalDouble.of(nanos(derivation, KeyDerivation.MAX_BYTES) / 1e9);
    } catch (InsufficientMemoryException e) {
      return OptionalDouble.empty();
    }
  }

  private static long nanos(KeyDerivation derivation, int bytes)
      throws InterruptedException, InsufficientMemoryException {
    byte[] key = new byte[bytes];
    long start = System.nanoTime();
    derivation.derive(bytes, key, 0);
    return System.nanoTime() - start;
  }
}
