package dev.tcplay.volume;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** Says in what state a failure has left a host. */
public final class HostFailure {

  private HostFailure() {}

  /**
   * Returns what is thrown in the place of a failure.
   *
   * @param host what exceptions call the host
   * @param state what is there now
   * @param cause what has failed, whose reason is told behind the state
   */
  public static FileSystemException of(String host, String state, IOException cause) {
    String why = reason(cause);
    FileSystemException told =
        new FileSystemException(host, null, why == null ? state : state + ": " + why);
    told.initCause(cause);
    return told;
  }

  /**
   * Returns a failure that names its file, as those of the JDK's channels do not: a full disk, for
   * one.
   *
   * @param file what exceptions call it
   * @param cause what has failed; all but a plain {@code IOException} is returned as it is
   */
  public static IOException named(String file, IOException cause) {
    if (cause.getClass() != IOException.class) {
      return cause;
    }
    FileSystemException named = new FileSystemException(file, null, cause.getMessage());
    named.initCause(cause);
    return named;
  }

  private static @Nullable String reason(IOException cause) {
    if (cause instanceof FileSystemException known) {
      return known.getReason();
    }
    return cause instanceof ClosedByInterruptException ? "interrupted" : cause.getMessage();
  }
}
