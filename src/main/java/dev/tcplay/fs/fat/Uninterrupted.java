package dev.tcplay.fs.fat;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/** For what must be done to its end, such as closing: keeps interrupts for later. */
final class Uninterrupted {

  /** Something that goes on where it was when it is repeated. */
  interface Action {
    void run() throws IOException;
  }

  /** As {@link Action}, with a result. */
  interface Call<T> {
    T run() throws IOException;
  }

  private Uninterrupted() {}

  /** Runs an action, again after each interrupt; the thread has its interrupts back at the end. */
  static void run(Action action) throws IOException {
    call(
        () -> {
          action.run();
          return action;
        });
  }

  /** Makes a call, as {@link #run}. */
  static <T> T call(Call<T> call) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        try {
          return call.run();
        } catch (ClosedByInterruptException e) {
          if (!Thread.interrupted()) {
            throw e;
          }
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
