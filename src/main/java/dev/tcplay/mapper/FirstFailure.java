package dev.tcplay.mapper;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Does several things, whatever any of them throws, and keeps the failures. For one thread. */
final class FirstFailure {

  private @Nullable Throwable first;

  void keep(Closeable work) {
    try {
      work.close();
    } catch (IOException | RuntimeException | Error e) {
      if (first == null) {
        first = e;
      } else if (first != e) {
        first.addSuppressed(e);
      }
    }
  }

  /** Throws the first failure, if there was one, with the others suppressed. */
  void rethrow() throws IOException {
    if (first instanceof Error error) {
      throw error;
    } else if (first instanceof RuntimeException unchecked) {
      throw unchecked;
    } else if (first instanceof IOException checked) {
      throw checked;
    }
  }
}
