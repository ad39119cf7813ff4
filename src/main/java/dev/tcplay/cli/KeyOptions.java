package dev.tcplay.cli;

import dev.tcplay.ContainerCreator;
import dev.tcplay.ContainerOpener;
import dev.tcplay.model.Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say what opens a container, or is to open a new one. */
final class KeyOptions {

  /** A password is given once. */
  private static final class PasswordSource {

    @Option(
        names = "--password",
        paramLabel = "TEXT",
        description = "The password, may be empty. Others can see it in the list of processes.")
    private @Nullable Credentials text;

    @Option(
        names = "--password-file",
        paramLabel = "FILE",
        description = "Take the first line of FILE as the password, - for standard input.")
    private @Nullable Path file;
  }

  @ArgGroup private @Nullable PasswordSource source;

  @Option(
      names = "--keyfile",
      paramLabel = "FILE",
      description = "A keyfile, or a directory of keyfiles. Repeatable.")
  private List<Path> keyfiles = List.of();

  @Option(names = "--pim", paramLabel = "N", description = "The PIM, 0 for the default.")
  private @Nullable Integer pim;

  @Option(
      names = "--hash",
      paramLabel = "NAME",
      description = {
        "The hash, such as sha512 or SHA-512; tcplay's SHA512-VC, with -VC, means that of VeraCrypt"
            + " only. Without it all are tried, and a new container has sha512."
      })
  private @Nullable String hash;

  @Option(
      names = "--cipher",
      paramLabel = "NAME",
      description = {
        "The cipher, by VeraCrypt's name (AES-Twofish-Serpent) or as tcplay lists it"
            + " (SERPENT-256-XTS,TWOFISH-256-XTS,AES-256-XTS, the opposite order). Without it all"
            + " are tried, and a new container has AES."
      })
  private @Nullable String cipher;

  @Option(names = "--verbose", description = "Print the stack trace of an error.")
  private boolean verbose;

  boolean isVerbose() {
    return verbose;
  }

  /**
   * Returns the password that was given on the command line or on standard input, null if none was.
   * The caller closes it.
   *
   * @throws IOException if standard input cannot be read
   */
  @Nullable Credentials password(InputStream in) throws IOException {
    if (source == null) {
      return null;
    }
    return isStandardInput(source.file) ? Credentials.ofFirstLine(in) : source.text;
  }

  /**
   * Sets these options, but for what {@link #password} returns.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  void setOn(ContainerOpener opener) {
    if (source != null && source.file != null && !isStandardInput(source.file)) {
      opener.passwordFile(source.file);
    }
    keyfiles.forEach(opener::keyfile);
    Optional.ofNullable(pim).ifPresent(opener::pim);
    Optional.ofNullable(hash).ifPresent(opener::hash);
    Optional.ofNullable(cipher).ifPresent(opener::cipher);
  }

  /** Sets these options, as {@link #setOn(ContainerOpener)}. */
  void setOn(ContainerCreator creator) {
    if (source != null && source.file != null && !isStandardInput(source.file)) {
      creator.passwordFile(source.file);
    }
    keyfiles.forEach(creator::keyfile);
    Optional.ofNullable(pim).ifPresent(creator::pim);
    Optional.ofNullable(hash).ifPresent(creator::hash);
    Optional.ofNullable(cipher).ifPresent(creator::cipher);
  }

  private static boolean isStandardInput(@Nullable Path file) {
    return file != null && file.toString().equals("-");
  }
}
