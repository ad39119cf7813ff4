package dev.tcplay.cli;

import dev.tcplay.ContainerOpener;
import dev.tcplay.Credentials;
import dev.tcplay.MissingCredentialsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that opens one container. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false)
abstract class VolumeCommand implements Callable<Integer> {

  /** One way of opening: as a file system or as a channel. */
  interface Opening<T> {
    T open(ContainerOpener opener) throws IOException;
  }

  private final Terminal terminal;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private VolumeOptions options = new VolumeOptions();

  @Parameters(index = "0", paramLabel = "FILE", description = "The container.")
  private Path file = Path.of("");

  VolumeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Does the work; what goes wrong is thrown. */
  abstract void run() throws IOException;

  @Override
  public final Integer call() throws IOException {
    try {
      run();
    } finally {
      // What was printed before a failure is of use.
      terminal.out().flush();
    }
    return ExitStatus.FINE;
  }

  final boolean isVerbose() {
    return options.isVerbose();
  }

  final Path file() {
    return file;
  }

  /** Returns what standard input still holds, behind a password that came from it. */
  final InputStream in() {
    return terminal.in();
  }

  final Output out() {
    return terminal.out();
  }

  /** Opens the container and mounts the file system inside. */
  final FileSystem mount() throws IOException {
    return open(ContainerOpener::mount);
  }

  /** Opens the container; asks for the password if none is known. */
  final <T> T open(Opening<T> opening) throws IOException {
    try {
      return openWithWhatIsGiven(opening);
    } catch (IllegalArgumentException e) {
      throw misuse(String.valueOf(e.getMessage()));
    }
  }

  private <T> T openWithWhatIsGiven(Opening<T> opening) throws IOException {
    try (Credentials password = options.password(terminal.in())) {
      ContainerOpener opener = options.opener(file);
      if (password != null) {
        opener.password(password.password());
      }
      return showing(opening, opener);
    } catch (MissingCredentialsException e) {
      return openAsking(opening, e);
    }
  }

  private <T> T openAsking(Opening<T> opening, MissingCredentialsException missing)
      throws IOException {
    char[] password = terminal.prompt().ask(file.toString());
    if (password == null) {
      throw missing;
    }
    try {
      return showing(opening, options.opener(file).password(password));
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /** Opens the container, and shows how far it has come while that takes long. */
  private <T> T showing(Opening<T> opening, ContainerOpener opener) throws IOException {
    try (ProgressLine line = new ProgressLine(terminal.screen())) {
      return opening.open(opener.progress(line));
    }
  }

  /** Says what is of note though all goes well. */
  final void warn(String message) {
    terminal.complain("warning: " + message);
  }

  /** Says that the command was called wrongly. */
  final ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
