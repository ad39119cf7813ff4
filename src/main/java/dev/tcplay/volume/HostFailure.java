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

  private static @Nullable String reason(IOException cause) {
    if (cause instanceof FileSystemException known) {
      return known.getReason();
    }
    return cause instanceof ClosedByInterruptException ? "interrupted" : cause.getMessage();
  }
}
