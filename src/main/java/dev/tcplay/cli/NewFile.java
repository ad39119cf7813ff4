package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A file that a command makes whole or not at all. */
final class NewFile {

  private NewFile() {}

  /**
   * Checks, before the work begins, that a file may be made.
   *
   * @param replace whether it may be there
   * @throws FileAlreadyExistsException if it is there and is not to be replaced
   */
  static void check(Path file, boolean replace) throws FileAlreadyExistsException {
    if (!replace && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(file.toString());
    }
  }

  /** Returns how a stop has left it. */
  static String left(Path file) {
    return file + (Files.exists(file) ? ": is as it was" : ": was not made");
  }

  /** Makes it; a stop says how it was left. */
  static void make(Path file, RunningCommand.Action action) throws IOException {
    RunningCommand.interruptibly(action, () -> left(file));
  }
}
