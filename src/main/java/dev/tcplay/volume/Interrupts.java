package dev.tcplay.volume;

import java.io.InterruptedIOException;

/** Turns the end of a key derivation into what callers of file systems know. */
final class Interrupts {

  private Interrupts() {}

  /** Sets the interrupt flag of this thread again and returns the exception to throw. */
  static InterruptedIOException asIoException(InterruptedException cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException exception =
        new InterruptedIOException("interrupted while a header key was derived");
    exception.initCause(cause);
    return exception;
  }
}
