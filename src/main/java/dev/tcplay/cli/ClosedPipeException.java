package dev.tcplay.cli;

import java.io.IOException;

/** Nobody reads standard output any more, such as when {@code head} has seen enough. */
final class ClosedPipeException extends IOException {

  private static final long serialVersionUID = 1L;

  ClosedPipeException(IOException cause) {
    super("nobody reads the output any more", cause);
  }

  /** Returns whether this is why something has failed, of which nothing is to be said then. */
  static boolean hasEnded(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof ClosedPipeException) {
        return true;
      }
    }
    return false;
  }
}
