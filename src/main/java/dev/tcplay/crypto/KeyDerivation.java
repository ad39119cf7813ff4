package dev.tcplay.crypto;

import dev.tcplay.crypto.kernel.Prf;
import java.util.Objects;

/**
 * One derivation of key bytes from a password and a salt, run as far as its caller asks.
 *
 * <p>PBKDF2 computes its output block by block, so that 64 bytes cost a third of 192 under SHA-512.
 * Argon2id always computes a tag of 192 bytes, whatever prefix is asked for, since its tags of
 * different lengths differ.
 *
 * <p>For one thread at a time. {@link #close} wipes all state; the caller wipes what it passed in
 * and what it got.
 */
public abstract sealed class KeyDerivation implements AutoCloseable permits Pbkdf2, Argon2id {

  /** The most bytes that a derivation yields: primary and tweak keys of three ciphers. */
  public static final int MAX_BYTES = 192;

  KeyDerivation() {}

  /**
   * Returns a derivation by PBKDF2-HMAC (RFC 8018). Nothing is computed yet; password and salt are
   * copied.
   *
   * @param prf a hash, not {@link Prf#ARGON2ID}
   * @param iterations at least 1
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static KeyDerivation pbkdf2(Prf prf, byte[] password, byte[] salt, int iterations) {
    if (prf == Prf.ARGON2ID) {
      throw new IllegalArgumentException("Argon2id is not a hash under PBKDF2");
    }
    if (iterations < 1) {
      throw new IllegalArgumentException("iterations must be at least 1: " + iterations);
    }
    return new Pbkdf2(prf, password, salt, iterations);
  }

  /**
   * Returns a derivation by Argon2id (RFC 9106), version 0x13, one lane. Nothing is computed yet;
   * password and salt are copied. Deriving waits while any other Argon2id of the JVM derives.
   *
   * @param salt at least 8 bytes
   * @param memoryKiB memory in KiB, at least 8; needed on the heap while deriving
   * @param passes passes over the memory, at least 1
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static KeyDerivation argon2id(byte[] password, byte[] salt, int memoryKiB, int passes) {
    if (salt.length < 8) {
      throw new IllegalArgumentException("salt must have at least 8 bytes: " + salt.length);
    }
    if (memoryKiB < 8) {
      throw new IllegalArgumentException("memory must be at least 8 KiB: " + memoryKiB);
    }
    if (passes < 1) {
      throw new IllegalArgumentException("passes must be at least 1: " + passes);
    }
    return new Argon2id(password, salt, memoryKiB, passes);
  }

  /**
   * Stores the first {@code length} bytes of the output. Only what earlier calls have not computed
   * is computed. An interrupt ends the computation within about 100 ms; a later call may go on.
   *
   * @param length bytes wanted, 0 to {@link #MAX_BYTES}
   * @param target receives them
   * @param offset where they go
   * @throws InterruptedException if the thread is interrupted; its flag is then clear
   * @throws InsufficientMemoryException if the heap cannot hold Argon2id's memory
   * @throws IllegalArgumentException if {@code length} is out of range
   * @throws IndexOutOfBoundsException if the range does not lie inside {@code target}
   * @throws IllegalStateException if this derivation is closed
   */
  public final void derive(int length, byte[] target, int offset)
      throws InterruptedException, InsufficientMemoryException {
    if (length < 0 || length > MAX_BYTES) {
      throw new IllegalArgumentException("length must be 0 to %d: %d".formatted(MAX_BYTES, length));
    }
    Objects.checkFromIndexSize(offset, length, target.length);
    System.arraycopy(output(length), 0, target, offset, length);
  }

  /**
   * Stores one block of the output, which costs the same whatever its number and depends on no
   * other; so several threads, each with a derivation of its own, can share a long key.
   *
   * @param index the block's number, from 0; Argon2id has only one, of {@link #MAX_BYTES} bytes
   * @param target receives {@link Prf#digestBytes} bytes of PBKDF2
   * @param offset where they go
   * @throws InterruptedException if the thread is interrupted; its flag is then clear
   * @throws InsufficientMemoryException if the heap cannot hold Argon2id's memory
   * @throws IndexOutOfBoundsException if there is no such block, or it does not fit into the target
   * @throws IllegalStateException if this derivation is closed
   */
  public abstract void deriveBlock(int index, byte[] target, int offset)
      throws InterruptedException, InsufficientMemoryException;

  /** Returns the output, of which at least the first {@code length} bytes are computed. */
  abstract byte[] output(int length) throws InterruptedException, InsufficientMemoryException;

  /** Wipes the password and all that came of it. Only the first call acts. */
  @Override
  public abstract void close();

  /** Throws if the thread is interrupted; long loops ask every few milliseconds. */
  static void checkInterrupt() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("key derivation interrupted");
    }
  }
}
