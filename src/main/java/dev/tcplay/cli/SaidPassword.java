package dev.tcplay.cli;

import dev.tcplay.model.Keys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the options say of one password, which they say in one way at most. What is null was not
 * said.
 *
 * @param text the password itself, which is taken over
 * @param file holds it in its first line; {@code -} stands for standard input
 * @param command prints it in its first line
 */
record SaidPassword(@Nullable Keys text, @Nullable Path file, @Nullable String command) {

  /** Nothing is said. */
  static final SaidPassword NONE = new SaidPassword(null, null, null);

  /** Returns whether nothing is said. */
  boolean isNone() {
    return text == null && file == null && command == null;
  }

  /**
   * Returns keys with this password, if there is one; the caller closes them. May be called once,
   * as it takes the password over, or the first line of standard input.
   *
   * @param builder what else is said
   * @throws IllegalArgumentException if the command makes no sense
   * @throws IOException if standard input cannot be read, or the command fails
   */
  Keys read(Keys.Builder builder, InputStream in) throws IOException {
    if (file != null && !file.toString().equals("-")) {
      return builder.passwordFile(file).build();
    }
    try (Keys password = password(in)) {
      return password == null ? builder.build() : builder.password(password.password()).build();
    }
  }

  private @Nullable Keys password(InputStream in) throws IOException {
    if (command != null) {
      return PasswordCommand.run(command);
    }
    return file == null ? text : Keys.ofFirstLine(in);
  }
}
