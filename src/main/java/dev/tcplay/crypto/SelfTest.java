package dev.tcplay.crypto;

import dev.tcplay.model.CryptoDiagnostics.Check;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** Runs all checks, one after the other; a check that fails does not keep the next from running. */
final class SelfTest {

  /** The body of a check. */
  @FunctionalInterface
  interface Body {

    /**
     * Runs the check.
     *
     * @throws MismatchException if a result is wrong
     * @throws InsufficientMemoryException if the heap cannot hold what the check needs
     * @throws InterruptedException if the thread is interrupted
     */
    void run() throws MismatchException, InsufficientMemoryException, InterruptedException;
  }

  private final Random random;
  private final Consumer<Check> listener;

  SelfTest(long seed, Consumer<Check> listener) {
    this.random = new Random(seed);
    this.listener = listener;
  }

  void run() throws InterruptedException {
    new VectorChecks(this).run();
    new RandomChecks(this, random).run();
  }

  /** Runs one check and reports its outcome. */
  void check(String subject, String kernel, String reference, Body body)
      throws InterruptedException {
    KeyDerivation.checkInterrupt();
    listener.accept(new Check(subject, kernel, reference, failure(body)));
  }

  private static Optional<String> failure(Body body) throws InterruptedException {
    try {
      body.run();
      return Optional.empty();
    } catch (MismatchException | InsufficientMemoryException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return Optional.of(e.toString()); // nothing is secret here
    }
  }
}
