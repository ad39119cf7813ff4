package dev.tcplay.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Keeps the first of the errors that a command meets and goes on after, and counts the rest. */
final class FirstError {

  private @Nullable IOException first;
  private int others;

  /** Notes an error. */
  void add(IOException error) {
    if (first == null) {
      first = error;
    } else {
      others++;
    }
  }

  /** Throws what was noted, if anything was. */
  void check() throws IOException {
    if (first != null && others > 0) {
      throw new IOException(Failures.message(first) + " (and " + others + " more)", first);
    } else if (first != null) {
      throw first;
    }
  }
}
