package dev.tcplay.cli;

import dev.tcplay.block.host.FileDevice;
import dev.tcplay.model.Keys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say what shall open a container from now on. */
final class NewKeyOptions {

  /** A password is given once. */
  private static final class PasswordSource {

    @Option(
        names = "--new-password",
        paramLabel = "TEXT",
        description = "The new password. Others can see it in the list of processes.")
    private @Nullable Keys text;

    @Option(
        names = "--new-password-file",
        paramLabel = "FILE",
        description = {
          "Take the first line of FILE as the new password, - for standard input, after the old one"
              + " if that comes from there, too."
        })
    private @Nullable Path file;

    @Option(
        names = "--new-password-command",
        paramLabel = "CMD",
        description =
            "Take the first line that CMD prints as the new password, as --password-command does.")
    private @Nullable String command;

    SaidPassword said() {
      return new SaidPassword(text, file, command);
    }
  }

  @ArgGroup private @Nullable PasswordSource source;

  @Option(
      names = "--new-keyfile",
      paramLabel = "FILE",
      description = "A new keyfile in place of the old ones. Repeatable.")
  private List<Path> keyfiles = List.of();

  @Option(names = "--no-new-keyfiles", description = "Use no keyfile any more.")
  private boolean dropKeyfiles;

  @Option(names = "--new-pim", paramLabel = "N", description = "The new PIM, 0 for the default.")
  private @Nullable Integer pim;

  @Option(
      names = "--new-hash",
      paramLabel = "HASH",
      converter = AlgorithmList.HashName.class,
      completionCandidates = Choices.Hashes.class,
      description = "The new hash, as for --hash.")
  private @Nullable String hash;

  @Option(
      names = "--new-format",
      paramLabel = "NAME",
      completionCandidates = Choices.NewFormats.class,
      description = {
        "VeraCrypt or TrueCrypt: the new format, where it has the cipher and the hash. A PIM is"
            + " dropped where TrueCrypt has none."
      })
  private @Nullable String format;

  /** Returns the new format, empty if it stays. */
  Optional<String> format() {
    return Optional.ofNullable(format);
  }

  /** Returns whether no option says anything, so that a new password is to be asked for. */
  boolean sayNothing() {
    return source == null
        && keyfiles.isEmpty()
        && !dropKeyfiles
        && pim == null
        && hash == null
        && format == null;
  }

  /** Returns whether the options want keyfiles and none. */
  boolean contradictThemselves() {
    return dropKeyfiles && !keyfiles.isEmpty();
  }

  /** Returns whether there shall be no keyfile any more. */
  boolean dropKeyfiles() {
    return dropKeyfiles;
  }

  /**
   * Returns what the options say, which the caller closes. May be called once, as it takes the
   * password over, or a line of standard input.
   *
   * @throws IllegalArgumentException if a value is out of its range
   * @throws IOException if standard input or the file of the password cannot be read
   */
  Keys read(InputStream in) throws IOException {
    Keys.Builder builder = KeyOptions.builder(keyfiles, pim, hash);
    if (source == null) {
      return builder.build();
    }
    Keys keys = source.said().read(builder, in);
    Optional<Path> file = keys.passwordFile();
    if (file.isEmpty()) {
      return keys;
    }
    // Now, while a stop may end it: the file may be a pipe, which waits for its other end.
    try (InputStream stream = FileDevice.newInputStream(file.get());
        Keys password = Keys.ofFirstLine(stream)) {
      return KeyOptions.builder(keyfiles, pim, hash).password(password.password()).build();
    }
  }
}
