package dev.tcplay.nio;

import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;

/** The rules for options to open a file with. */
final class OpenOptions {

  private static final Set<StandardOpenOption> CHANGES =
      Set.of(
          StandardOpenOption.WRITE, StandardOpenOption.APPEND, StandardOpenOption.DELETE_ON_CLOSE);

  private OpenOptions() {}

  /**
   * Checks options for reading. CREATE, CREATE_NEW, TRUNCATE_EXISTING and SPARSE count only for
   * those who write.
   *
   * @throws UnsupportedOperationException if an option is not known
   * @throws IllegalArgumentException if options exclude each other
   * @throws ReadOnlyFileSystemException if an option asks for a change
   */
  static void checkReading(Set<? extends OpenOption> options) {
    for (OpenOption option : options) {
      Objects.requireNonNull(option, "option");
      if (!(option instanceof StandardOpenOption) && !(option instanceof LinkOption)) {
        throw new UnsupportedOperationException("the option " + option + " is unknown");
      }
    }
    if (options.contains(StandardOpenOption.APPEND)) {
      exclude(options, StandardOpenOption.READ);
      exclude(options, StandardOpenOption.TRUNCATE_EXISTING);
    }
    if (CHANGES.stream().anyMatch(options::contains)) {
      throw new ReadOnlyFileSystemException();
    }
  }

  private static void exclude(Set<? extends OpenOption> options, StandardOpenOption other) {
    if (options.contains(other)) {
      throw new IllegalArgumentException("APPEND and " + other + " exclude each other");
    }
  }
}
