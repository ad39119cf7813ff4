package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What goes wrong with one of several files. Each failure is told when it is met, so that every
 * file that fails is named, and the command goes on with the next one.
 */
final class FailureLog {

  private final Consumer<IOException> teller;
  private Runnable before = () -> {};
  private BooleanSupplier hopeless = () -> false;
  private long count;

  /** Makes a log that passes each failure on. */
  FailureLog(Consumer<IOException> teller) {
    this.teller = teller;
  }

  /** Makes a log that tells nobody, for what is met again later. */
  static FailureLog silent() {
    return new FailureLog(failure -> {});
  }

  /** Has something done before each failure is told, such as to clear the line that it goes to. */
  void clearing(Runnable action) {
    before = action;
  }

  /** Sets what tells, after each failure, that a volume has become read-only. */
  void endingIf(BooleanSupplier readOnly) {
    hopeless = readOnly;
  }

  /**
   * Tells a failure.
   *
   * @throws ReadOnlyFileSystemException if all that follows would fail, too
   */
  void add(IOException failure) {
    count++;
    before.run();
    teller.accept(failure);
    if (hopeless.getAsBoolean()) {
      throw new ReadOnlyFileSystemException();
    }
  }

  /** Returns whether nothing has gone wrong. */
  boolean isEmpty() {
    return count == 0;
  }

  /** Returns how many failures were told so far. */
  long count() {
    return count;
  }
}
