package dev.tcplay.mapper;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Does several things, whichever of them fail, and keeps the failures. For one thread. */
final class FirstFailure {

  private @Nullable IOException first;

  void keep(Closeable work) {
    try {
      work.close();
    } catch (IOException e) {
      if (first == null) {
        first = e;
      } else {
        first.addSuppressed(e);
      }
    }
  }

  void rethrow() throws IOException {
    if (first != null) {
      throw first;
    }
  }
}
