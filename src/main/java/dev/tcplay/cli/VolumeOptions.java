package dev.tcplay.cli;

import dev.tcplay.ContainerOpener;
import dev.tcplay.Credentials;
import dev.tcplay.Tcplay;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say how a container is opened; every command has them. */
final class VolumeOptions {

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
        "Try this hash only, such as sha512 or SHA-512; tcplay's SHA512-VC, with -VC, means that of"
            + " VeraCrypt only."
      })
  private @Nullable String hash;

  @Option(
      names = "--cipher",
      paramLabel = "NAME",
      description = {
        "Try this cipher only, by VeraCrypt's name (AES-Twofish-Serpent) or as tcplay lists it"
            + " (SERPENT-256-XTS,TWOFISH-256-XTS,AES-256-XTS, the opposite order)."
      })
  private @Nullable String cipher;

  @Option(names = "--hidden", description = "Open the hidden volume only.")
  private boolean hidden;

  @Option(names = "--backup-header", description = "Use the backup header at the end.")
  private boolean backupHeader;

  @Option(names = "--plain", description = "FILE is a disk image that is not encrypted.")
  private boolean plain;

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
   * Returns an opener with these options, but for what {@link #password} returns.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  ContainerOpener opener(Path container) {
    ContainerOpener opener = Tcplay.open(container).readOnly(true);
    if (source != null && source.file != null && !isStandardInput(source.file)) {
      opener.passwordFile(source.file);
    }
    keyfiles.forEach(opener::keyfile);
    if (pim != null) {
      opener.pim(pim);
    }
    if (hash != null) {
      opener.hash(hash);
    }
    if (cipher != null) {
      opener.cipher(cipher);
    }
    if (hidden) {
      opener.hidden(true);
    }
    if (plain) {
      opener.format("plain");
    }
    return opener.backupHeader(backupHeader);
  }

  private static boolean isStandardInput(@Nullable Path file) {
    return file != null && file.toString().equals("-");
  }
}
