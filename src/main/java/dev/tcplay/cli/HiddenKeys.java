package dev.tcplay.cli;

import dev.tcplay.model.Keys;
import dev.tcplay.model.MissingCredentialsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a hidden volume that is to be protected. They are read once, and a person is asked
 * for their password once the library has those of the outer volume. Closing wipes them.
 */
final class HiddenKeys implements AutoCloseable {

  private final ProtectionOptions options;
  private final Path file;
  private @Nullable Keys keys;

  /** Makes keys that are not read yet. */
  HiddenKeys(ProtectionOptions options, Path file) {
    this.options = options;
    this.file = file;
  }

  /**
   * Does something with the keys, perhaps twice.
   *
   * @throws MissingCredentialsException if the attempt misses other keys, or nobody can be asked
   */
  <T> T with(InputStream in, PasswordPrompt prompt, ContainerCommand.Attempt<T> attempt)
      throws IOException {
    Keys said = keys == null ? options.read(in) : keys;
    keys = said;
    try {
      return attempt.with(said);
    } catch (MissingCredentialsException e) {
      char[] typed =
          e.isOfHidden() ? prompt.ask("Password for the hidden volume in " + file) : null;
      if (typed == null) {
        throw e;
      }
      Keys answered;
      try {
        answered = options.with(typed);
      } finally {
        Arrays.fill(typed, '\0');
      }
      keys = answered;
      return attempt.with(answered);
    }
  }

  @Override
  public void close() {
    if (keys != null) {
      keys.close();
    }
  }
}
