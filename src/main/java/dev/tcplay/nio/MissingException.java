package dev.tcplay.nio;

import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * Says that nothing is at a path: looking once more would not help, unlike where a driver says that
 * a node is gone that it gave out before.
 */
final class MissingException extends NoSuchFileException {

  private static final long serialVersionUID = 1;

  MissingException(String file, @Nullable String other, @Nullable String reason) {
    super(file, other, reason);
  }

  MissingException(TcplayPath path) {
    this(path.toString(), null, null);
  }

  /** Returns the exception for callers, who compare classes. */
  NoSuchFileException plain() {
    return new NoSuchFileException(getFile(), getOtherFile(), getReason());
  }
}
