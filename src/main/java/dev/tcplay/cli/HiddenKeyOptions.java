package dev.tcplay.cli;

import dev.tcplay.model.Keys;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say what opens a hidden volume, or is to open a new one. */
final class HiddenKeyOptions implements OtherKeyOptions {

  /** A password is given once. */
  private static final class PasswordSource {

    @Option(
        names = "--hidden-password",
        paramLabel = "TEXT",
        description = "The hidden volume's password; others can see it in the list of processes.")
    private @Nullable Keys text;

    @Option(
        names = "--hidden-password-file",
        paramLabel = "FILE",
        description = {
          "Take the first line of FILE as its password, - for standard input, behind the line of"
              + " --password-file - if that is given, too."
        })
    private @Nullable Path file;

    @Option(
        names = "--hidden-password-command",
        paramLabel = "CMD",
        description =
            "Take the first line that CMD prints as its password, as --password-command does.")
    private @Nullable String command;

    SaidPassword said() {
      return new SaidPassword(text, file, command);
    }
  }

  @ArgGroup private @Nullable PasswordSource source;

  @Option(
      names = "--hidden-keyfile",
      paramLabel = "FILE",
      description = "A keyfile of it, or a directory of keyfiles. Repeatable.")
  private List<Path> keyfiles = List.of();

  @Option(names = "--hidden-pim", paramLabel = "N", description = "Its PIM, 0 for the default.")
  private @Nullable Integer pim;

  @Option(
      names = "--hidden-hash",
      paramLabel = "HASH",
      converter = AlgorithmList.HashName.class,
      completionCandidates = Choices.Hashes.class,
      description = "Its hash; without it all are tried.")
  private @Nullable String hash;

  @Override
  public SaidKeys said() {
    SaidPassword password = source == null ? SaidPassword.NONE : source.said();
    return new SaidKeys(password, keyfiles, pim, hash);
  }
}
