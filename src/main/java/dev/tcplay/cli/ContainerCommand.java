package dev.tcplay.cli;

import dev.tcplay.model.Keys;
import dev.tcplay.model.MissingCredentialsException;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** A command on one container, for which it may need a password. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false)
abstract class ContainerCommand implements Callable<Integer> {

  /** What is done with keys; where they have no secrets, the library looks for some. */
  interface Attempt<T> {
    T with(Keys keys) throws IOException;
  }

  private final Terminal terminal;
  private final FailureLog failures = new FailureLog(this::tell);

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private KeyOptions keys = new KeyOptions();

  @Parameters(index = "0", paramLabel = "FILE", description = "The container.")
  private Path file = Path.of("");

  ContainerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Does the work. What ends it is thrown; what it goes on after is told to {@link #failures}. */
  abstract void run() throws IOException;

  @Override
  public final Integer call() throws IOException {
    try {
      run();
    } finally {
      // What was printed before a failure is of use.
      terminal.out().flush();
    }
    return failures.isEmpty() ? status() : ExitStatus.FAILED;
  }

  /** Returns the exit status of a command that did not fail. */
  int status() {
    return ExitStatus.FINE;
  }

  /** Returns where to tell what goes wrong with one of several files. */
  final FailureLog failures() {
    return failures;
  }

  private void tell(IOException failure) {
    terminal.complain(Failures.message(failure));
    if (isVerbose()) {
      terminal.err().print(Failures.trace(failure));
    }
  }

  final boolean isVerbose() {
    return keys.isVerbose();
  }

  final Path file() {
    return file;
  }

  /**
   * Checks that the container is there, before anybody is asked for a password or a key derived.
   *
   * @throws NoSuchFileException if it is not
   */
  final void checkThere() throws NoSuchFileException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
  }

  /** Returns the keys of a hidden volume that is to be protected, which are read when needed. */
  final OtherKeys hiddenKeys(ProtectionOptions protection) {
    return otherKeys(
        protection.keys(), () -> prompt().ask("Password for the hidden volume in " + file));
  }

  /** Returns the keys of the other of two volumes, which are read when needed. */
  final OtherKeys otherKeys(OtherKeyOptions options, OtherKeys.Question question) {
    return new OtherKeys(options, question, this::isRetried);
  }

  /** Tells that the password of the other volume was wrong; returns whether it was that one. */
  private boolean isRetried(WrongPasswordException wrong) {
    if (isOfTyped(wrong)) {
      return false;
    }
    tell(wrong);
    return true;
  }

  /** Returns what standard input still holds, behind a password that came from it. */
  final InputStream in() {
    return terminal.in();
  }

  final Output out() {
    return terminal.out();
  }

  /** Returns where a person looks and no program reads; null if there is no such place. */
  final @Nullable PrintWriter screen() {
    return terminal.screen();
  }

  /** Does something with keys; asks for a password if neither options nor library know one. */
  final <T> T withKeys(Attempt<T> attempt) throws IOException {
    try {
      return withWhatIsGiven(attempt);
    } catch (IllegalArgumentException e) {
      throw misuse(String.valueOf(e.getMessage()));
    }
  }

  private <T> T withWhatIsGiven(Attempt<T> attempt) throws IOException {
    try (Keys given = keys.read(terminal.in())) {
      return attempt.with(given);
    } catch (MissingCredentialsException e) {
      if (e.isOfOther()) {
        throw e;
      }
      return asking(attempt, e);
    }
  }

  private <T> T asking(Attempt<T> attempt, MissingCredentialsException missing) throws IOException {
    FileSystemException last = missing;
    for (int left = PasswordPrompt.TRIES; left > 0; left--) {
      char[] typed = askForPassword(terminal.prompt());
      if (typed == null) {
        throw last;
      }
      try (Keys given = keys.with(typed)) {
        return attempt.with(given);
      } catch (WrongPasswordException e) {
        if (left == 1 || !isOfTyped(e)) {
          throw e;
        }
        last = e;
        tell(e);
      } finally {
        Arrays.fill(typed, '\0');
      }
    }
    throw last;
  }

  /** Returns whether what is wrong is the password that was asked for, and not another one. */
  boolean isOfTyped(WrongPasswordException wrong) {
    return !wrong.isOfOther();
  }

  /** Returns the password that a person types, null if there is nobody to ask. */
  char @Nullable [] askForPassword(PasswordPrompt prompt) {
    return prompt.ask("Password for " + file);
  }

  /**
   * Returns the new password that a person types twice, null if there is nobody to ask.
   *
   * @throws ParameterException if the two differ each time
   */
  final char @Nullable [] askTwice(PasswordPrompt prompt) {
    return askTwice(prompt, "New password for " + file);
  }

  /** Asks as {@link #askTwice(PasswordPrompt)}, with another question. */
  final char @Nullable [] askTwice(PasswordPrompt prompt, String question) {
    for (int left = PasswordPrompt.TRIES; true; left--) {
      char[] password = prompt.ask(question);
      if (password == null) {
        return null;
      }
      char[] again = prompt.ask("The same again");
      boolean same = again != null && Arrays.equals(password, again);
      if (again != null) {
        Arrays.fill(again, '\0');
      }
      if (same) {
        return password;
      }
      Arrays.fill(password, '\0');
      String differ = "the two passwords differ";
      if (again == null || left == 1) {
        throw misuse(differ);
      }
      terminal.complain(differ);
    }
  }

  /** Returns where this run reads and writes. */
  final Terminal terminal() {
    return terminal;
  }

  /** Returns all that the command line says, for a process of its own. */
  final BackgroundLine line() {
    ParseResult own = spec.commandLine().getParseResult();
    List<String> all = spec.root().commandLine().getParseResult().originalArgs();
    return BackgroundLine.of(all, own);
  }

  /** Returns who is asked for a password. */
  final PasswordPrompt prompt() {
    return terminal.prompt();
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
