package dev.tcplay.cli;

import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where the sockets of a user's served volumes lie. */
final class RunPlace {

  private static final String RUNTIME = "XDG_RUNTIME_DIR";
  private static final String HOME = "HOME";

  private RunPlace() {}

  /**
   * Returns {@code $XDG_RUNTIME_DIR/tcplay}, or {@code $HOME/.tcplay/run} without that variable.
   *
   * @param environment whose variables count where they are absolute paths
   * @param home the user's without {@code HOME}
   * @throws FileSystemException if a variable cannot be a path in this locale
   */
  static Path of(Map<String, String> environment, String home) throws FileSystemException {
    Optional<Path> runtime = folder(environment, RUNTIME);
    if (runtime.isPresent()) {
      return runtime.get().resolve("tcplay");
    }
    Path own = folder(environment, HOME).orElseGet(() -> Path.of(home));
    return own.resolve(".tcplay").resolve("run");
  }

  private static Optional<Path> folder(Map<String, String> environment, String variable)
      throws FileSystemException {
    try {
      Path folder = Path.of(environment.getOrDefault(variable, ""));
      return folder.isAbsolute() ? Optional.of(folder) : Optional.empty();
    } catch (InvalidPathException e) {
      throw new FileSystemException(variable, null, e.getMessage());
    }
  }
}
