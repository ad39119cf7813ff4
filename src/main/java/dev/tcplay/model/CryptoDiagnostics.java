package dev.tcplay.model;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Proves and measures the cryptography of this library on the machine and the JVM that run it.
 *
 * <p>{@link dev.tcplay.Tcplay#diagnostics} gives the library's own. It is safe for any number of
 * threads, but measurements side by side disturb each other.
 */
public interface CryptoDiagnostics {

  /** Which way a cipher runs. */
  enum Direction {
    /** From plaintext to ciphertext. */
    ENCRYPT,
    /** From ciphertext to plaintext. */
    DECRYPT;

    /** Returns the name that facts are printed by, {@code encrypt} or {@code decrypt}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The outcome of one check of the self-test.
   *
   * @param subject what was checked, such as {@code AES} or {@code PBKDF2-sha512}
   * @param kernel the short name of the implementation that was checked
   * @param reference what it was held against: the source of a vector, or Bouncy Castle
   * @param failure what went wrong, empty if nothing did
   */
  record Check(String subject, String kernel, String reference, Optional<String> failure) {}

  /**
   * The speed of a cipher chain in a mode.
   *
   * @param name the chain by VeraCrypt's name
   * @param mode the newest mode that the chain is used in, {@code xts}, {@code lrw} or {@code cbc}
   * @param direction which way it ran
   * @param threads how many threads it ran on, each on data of its own
   * @param mbPerSecond millions of bytes in a second, all threads together
   * @param kernel the short name of the implementation; of several ciphers with different ones, the
   *     names in the chain's order, joined by {@code +}
   */
  record CipherSpeed(
      String name,
      String mode,
      Direction direction,
      int threads,
      double mbPerSecond,
      String kernel) {}

  /**
   * The time that one derivation of a header key takes on one thread.
   *
   * @param name the pseudo-random function, such as {@code sha512}
   * @param iterations the iterations that VeraCrypt uses without a PIM, or for SHA-1 TrueCrypt;
   *     passes for Argon2id
   * @param bytes how many bytes are derived
   * @param seconds the time in seconds, empty where the heap cannot hold what Argon2id needs
   * @param kernel the short name of the implementation
   */
  record KdfSpeed(String name, int iterations, int bytes, OptionalDouble seconds, String kernel) {}

  /**
   * Checks every cipher, hash, key derivation and mode against published vectors, and every kernel
   * against Bouncy Castle over random data. Takes some seconds.
   *
   * @param seed the seed of the random data, so that a failure can be run again
   * @param listener gets each outcome when it is known, on the calling thread
   * @throws InterruptedException if the thread is interrupted
   * @throws UnsupportedOperationException if Bouncy Castle is not there
   */
  void selfTest(long seed, Consumer<Check> listener) throws InterruptedException;

  /**
   * Returns the cipher chains by VeraCrypt's names: those of XTS, then those that only older modes
   * have, single ciphers first.
   */
  List<String> ciphers();

  /** Returns the functions that derive header keys, such as {@code sha512}. */
  List<String> kdfs();

  /** Returns the chain that a spelling means, by VeraCrypt's name; empty if it means none. */
  Optional<String> findCipher(String spelling);

  /** Returns the function that a spelling means; empty if it means none. */
  Optional<String> findKdf(String spelling);

  /**
   * Measures a cipher chain in the newest mode that has it, in memory, after the compiler has done
   * its work.
   *
   * @param cipher a name out of {@link #ciphers}
   * @param direction which way it runs
   * @param threads at least 1
   * @param time how long to measure; warming up takes up to eight times as long, most when a cipher
   *     or function runs for the first time in this JVM
   * @throws IllegalArgumentException if an argument is out of its range
   * @throws InterruptedException if the thread is interrupted
   * @throws UnsupportedOperationException if only Bouncy Castle has a cipher of the chain, and it
   *     is not there
   */
  CipherSpeed measureCipher(String cipher, Direction direction, int threads, Duration time)
      throws InterruptedException;

  /**
   * Measures a derivation of the longest header key at VeraCrypt's default cost, or for SHA-1 at
   * TrueCrypt's.
   *
   * <p>PBKDF2 is measured by its iterations in a second, which all cost the same. Argon2id runs
   * once as a whole, whatever the time, and needs 416 MiB of heap.
   *
   * @param kdf a name out of {@link #kdfs}
   * @param time how long to measure; warming up takes up to eight times as long, most when a cipher
   *     or function runs for the first time in this JVM
   * @throws IllegalArgumentException if an argument is out of its range
   * @throws InterruptedException if the thread is interrupted
   */
  KdfSpeed measureKdf(String kdf, Duration time) throws InterruptedException;
}
