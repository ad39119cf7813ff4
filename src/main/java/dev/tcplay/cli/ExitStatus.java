package dev.tcplay.cli;

import dev.tcplay.model.MissingCredentialsException;
import dev.tcplay.model.NotAContainerException;
import dev.tcplay.model.WrongPasswordException;

/** The exit statuses of the command. */
final class ExitStatus {

  /** All went well. */
  static final int FINE = 0;

  /** The password is wrong, or the file is no container. */
  static final int NOT_OPENED = 1;

  /** The command was called wrongly, or there is nobody to ask for a password. */
  static final int USAGE = 2;

  /** A file is missing, the system failed to read or write, or the volume is damaged. */
  static final int FAILED = 3;

  /** A check has found damage that is still there. */
  static final int FINDINGS = 4;

  /** Nobody reads the output any more: what a shell shows for other tools, which SIGPIPE ends. */
  static final int CLOSED_PIPE = 141;

  private ExitStatus() {}

  /** Returns the status for what ended a command. */
  static int of(Throwable failure) {
    if (failure instanceof WrongPasswordException || failure instanceof NotAContainerException) {
      return NOT_OPENED;
    }
    if (ClosedPipeException.hasEnded(failure)) {
      return CLOSED_PIPE;
    }
    return failure instanceof MissingCredentialsException ? USAGE : FAILED;
  }
}
