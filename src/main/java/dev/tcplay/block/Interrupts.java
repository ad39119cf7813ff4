package dev.tcplay.block;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/** For what must be done to its end, such as closing: keeps interrupts for later. */
final class Interrupts {

  /** Does I/O. */
  interface Action {
    void run() throws IOException;
  }

  private Interrupts() {}

  /** Runs an action without a pending interrupt; the thread has its interrupts back at the end. */
  static void defer(Action action) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      action.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Runs an action that can be repeated until no interrupt comes between. */
  static void retry(Action action) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        try {
          action.run();
          return;
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
