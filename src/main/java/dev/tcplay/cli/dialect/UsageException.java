package dev.tcplay.cli.dialect;

/** The arguments are none that tcplay(8) takes; the message, which may be empty, says why. */
final class UsageException extends Exception {

  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
