package dev.tcplay.crypto;

import dev.tcplay.crypto.kernel.Kernels;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.CryptoDiagnostics.KdfSpeed;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Measures the derivation of header keys at the cost that VeraCrypt sets without a PIM, and SHA-1,
 * which VeraCrypt does not have, at that of TrueCrypt.
 *
 * <p>PBKDF2 derives short blocks over and over; every iteration costs the same, so their number in
 * a second tells what a whole derivation takes. Argon2id runs once, since its loops are compiled
 * within the first of its seconds.
 */
final class KdfBenchmark {

  private static final int ITERATIONS_A_BLOCK = 1000;
  private static final int ITERATIONS = 500_000;
  private static final int RIPEMD160_ITERATIONS = 655_331;
  private static final int SHA1_ITERATIONS = 2000;
  private static final int ARGON2_PASSES = 6;
  private static final int ARGON2_MEMORY_KIB = 416 * 1024;

  private static final byte[] PASSWORD = new byte[16];
  private static final byte[] SALT = new byte[64];

  private KdfBenchmark() {}

  /** Returns the time of a derivation of {@link KeyDerivation#MAX_BYTES} bytes. */
  static KdfSpeed measure(Prf prf, Duration time) throws InterruptedException {
    int iterations = iterations(prf);
    OptionalDouble seconds =
        prf == Prf.ARGON2ID ? argon2id() : OptionalDouble.of(pbkdf2(prf, iterations, time));
    return new KdfSpeed(
        prf.id(), iterations, KeyDerivation.MAX_BYTES, seconds, Kernels.nameOf(prf));
  }

  private static int iterations(Prf prf) {
    return switch (prf) {
      case ARGON2ID -> ARGON2_PASSES;
      case RIPEMD160 -> RIPEMD160_ITERATIONS;
      case SHA1 -> SHA1_ITERATIONS;
      default -> ITERATIONS;
    };
  }

  private static double pbkdf2(Prf prf, int iterations, Duration time) throws InterruptedException {
    double iterationsPerSecond = Meter.measure(Set.of(prf), nanos -> blocks(prf, nanos), time);
    int blocks = (KeyDerivation.MAX_BYTES + prf.digestBytes() - 1) / prf.digestBytes();
    return iterations / iterationsPerSecond * blocks;
  }

  /** Derives blocks for a time; returns iterations per second. */
  private static double blocks(Prf prf, long nanos) throws InterruptedException {
    byte[] block = new byte[prf.digestBytes()];
    long done = 0;
    long start = System.nanoTime();
    long elapsed;
    do {
      try (KeyDerivation derivation =
          KeyDerivation.pbkdf2(prf, PASSWORD, SALT, ITERATIONS_A_BLOCK)) {
        derivation.derive(block.length, block, 0);
      } catch (InsufficientMemoryException e) {
        throw new IllegalStateException(e); // PBKDF2 needs none
      }
      done += ITERATIONS_A_BLOCK;
      elapsed = System.nanoTime() - start;
    } while (elapsed < nanos);
    return done * 1e9 / elapsed;
  }

  private static OptionalDouble argon2id() throws InterruptedException {
    byte[] key = new byte[KeyDerivation.MAX_BYTES];
    try (KeyDerivation derivation =
        KeyDerivation.argon2id(PASSWORD, SALT, ARGON2_MEMORY_KIB, ARGON2_PASSES)) {
      long start = System.nanoTime();
      derivation.derive(key.length, key, 0);
      return OptionalDouble.of((System.nanoTime() - start) / 1e9);
    } catch (InsufficientMemoryException e) {
      return OptionalDouble.empty();
    }
  }
}
