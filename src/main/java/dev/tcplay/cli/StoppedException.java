package dev.tcplay.cli;

import org.jspecify.annotations.Nullable;

/**
 * Ends a command that was asked to stop. It is no {@link java.io.IOException}, so that no command
 * takes it for the failure of one of several files and goes on with the next.
 */
final class StoppedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * Makes the exception.
   *
   * @param state how the stop leaves things, null if that goes without saying
   * @param cause what the interrupt ended, null if there is nothing of the kind
   */
  StoppedException(@Nullable String state, @Nullable Throwable cause) {
    super(state, cause);
  }
}
