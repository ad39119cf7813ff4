package dev.tcplay.cli;

import dev.tcplay.model.Keys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that protect a hidden volume while its outer one is used. */
final class ProtectionOptions {

  /** A password is given once. */
  private static final class PasswordSource {

    @Option(
        names = "--hidden-password",
        paramLabel = "TEXT",
        description = "Its password; others can see it in the list of processes.")
    private @Nullable Keys text;

    @Option(
        names = "--hidden-password-file",
        paramLabel = "FILE",
        description = {
          "Take the first line of FILE as its password, - for standard input, behind the line of"
              + " --password-file - if that is given, too."
        })
    private @Nullable Path file;
  }

  @Option(
      names = "--protect-hidden",
      description = {
        "Keep the hidden volume in FILE from being overwritten: what would write into it is refused,"
            + " and so is all that comes later."
      })
  private boolean wanted;

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
      paramLabel = "NAME",
      converter = AlgorithmList.HashName.class,
      description = "Its hash; without it all are tried.")
  private @Nullable String hash;

  /** Returns whether a hidden volume is to be protected. */
  boolean areWanted() {
    return wanted;
  }

  /**
   * Checks that nothing is said of a hidden volume that is not protected.
   *
   * @throws IllegalArgumentException if something is
   */
  void check() {
    boolean said = source != null || !keyfiles.isEmpty() || pim != null || hash != null;
    if (said && !wanted) {
      throw new IllegalArgumentException(
          "--hidden-password, --hidden-password-file, --hidden-keyfile, --hidden-pim and"
              + " --hidden-hash go with --protect-hidden");
    }
  }

  /** Returns the keys of the hidden volume, as {@link KeyOptions#read}. */
  Keys read(InputStream in) throws IOException {
    return source == null
        ? builder().build()
        : KeyOptions.read(builder(), source.text, source.file, in);
  }

  /** Returns them with the password that a person typed; the caller closes it. */
  Keys with(char[] typed) {
    return builder().password(typed).build();
  }

  private Keys.Builder builder() {
    Keys.Builder builder = Keys.builder();
    keyfiles.forEach(builder::keyfile);
    Optional.ofNullable(pim).ifPresent(builder::pim);
    Optional.ofNullable(hash).ifPresent(builder::hash);
    return builder;
  }
}
