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

/** The options that say what opens a container, or is to open a new one. */
final class KeyOptions {

  /** A password is given once. */
  private static final class PasswordSource {

    @Option(
        names = "--password",
        paramLabel = "TEXT",
        description = "The password, may be empty. Others can see it in the list of processes.")
    private @Nullable Keys text;

    @Option(
        names = "--password-file",
        paramLabel = "FILE",
        description = "Take the first line of FILE as the password, - for standard input.")
    private @Nullable Path file;

    @Option(
        names = "--password-command",
        paramLabel = "CMD",
        description = {
          "Take the first line that the program CMD prints as the password; CMD is words in quotes or"
              + " not, and no shell runs it."
        })
    private @Nullable String command;

    SaidPassword said() {
      return new SaidPassword(text, file, command);
    }
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
      paramLabel = "HASH",
      converter = AlgorithmList.HashName.class,
      completionCandidates = Choices.Hashes.class,
      description = {
        "The hash, such as sha512 or SHA-512; tcplay's SHA512-VC, with -VC, means that of VeraCrypt"
            + " only; --hash help lists all. Several to try have commas between them. Without it all are"
            + " tried, and a new container has sha512."
      })
  private @Nullable String hash;

  @Option(
      names = "--cipher",
      paramLabel = "CIPHER",
      converter = AlgorithmList.CipherName.class,
      completionCandidates = Choices.Ciphers.class,
      description = {
        "The cipher, by VeraCrypt's name (AES-Twofish-Serpent) or as tcplay lists it"
            + " (SERPENT-256-XTS,TWOFISH-256-XTS,AES-256-XTS, the opposite order); --cipher help"
            + " lists all."
            + " Without it all are tried, and a new container has AES."
      })
  private @Nullable String cipher;

  @Option(names = "--verbose", description = "Print the stack trace of an error.")
  private boolean verbose;

  boolean isVerbose() {
    return verbose;
  }

  /**
   * Returns what the options say; without a password the library looks for one. The caller closes
   * it. May be called once, as it takes the password over, or the first line of standard input.
   *
   * @throws IllegalArgumentException if a value is out of its range
   * @throws IOException if standard input cannot be read, or the program that tells the password
   *     fails
   */
  Keys read(InputStream in) throws IOException {
    return (source == null ? SaidPassword.NONE : source.said()).read(builder(), in);
  }

  /** Returns what the options say, with the password that a person typed; the caller closes it. */
  Keys with(char[] typed) {
    return builder().password(typed).build();
  }

  /** Returns keys without a password. */
  static Keys.Builder builder(List<Path> keyfiles, @Nullable Integer pim, @Nullable String hash) {
    Keys.Builder builder = Keys.builder();
    keyfiles.forEach(builder::keyfile);
    Optional.ofNullable(pim).ifPresent(builder::pim);
    Optional.ofNullable(hash).ifPresent(builder::hash);
    return builder;
  }

  private Keys.Builder builder() {
    Keys.Builder builder = builder(keyfiles, pim, hash);
    Optional.ofNullable(cipher).ifPresent(builder::cipher);
    return builder;
  }
}
