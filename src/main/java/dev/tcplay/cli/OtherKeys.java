package dev.tcplay.cli;

import dev.tcplay.model.Keys;
import dev.tcplay.model.MissingCredentialsException;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the second of two volumes in one container. They are read once, and a person is asked
 * for their password once the library has those of the first. Closing wipes them.
 */
final class OtherKeys implements AutoCloseable {

  /** Asks a person. */
  interface Question {

    /** Returns the password that was typed, null if there is nobody to ask. */
    char @Nullable [] ask();
  }

  private final OtherKeyOptions options;
  private final Question question;
  private final Predicate<WrongPasswordException> retried;
  private @Nullable Keys keys;

  /**
   * Makes keys that are not read yet.
   *
   * @param retried tells a person that a password was wrong, and whether it was the one of these
   */
  OtherKeys(OtherKeyOptions options, Question question, Predicate<WrongPasswordException> retried) {
    this.options = options;
    this.question = question;
    this.retried = retried;
  }

  /**
   * Does something with the keys, perhaps twice.
   *
   * @throws MissingCredentialsException if the attempt misses other keys, or nobody can be asked
   */
  <T> T with(InputStream in, ContainerCommand.Attempt<T> attempt) throws IOException {
    Keys said = keys == null ? options.said().read(in) : keys;
    keys = said;
    try {
      return attempt.with(said);
    } catch (MissingCredentialsException e) {
      if (!e.isOfOther()) {
        throw e;
      }
      return asking(attempt, e);
    }
  }

  private <T> T asking(ContainerCommand.Attempt<T> attempt, FileSystemException missing)
      throws IOException {
    FileSystemException last = missing;
    for (int left = PasswordPrompt.TRIES; left > 0; left--) {
      Keys answered = answer();
      if (answered == null) {
        throw last;
      }
      keys = answered;
      try {
        return attempt.with(answered);
      } catch (WrongPasswordException e) {
        if (left == 1 || !retried.test(e)) {
          throw e;
        }
        last = e;
        answered.close();
        keys = null;
      }
    }
    throw last;
  }

  private @Nullable Keys answer() {
    char[] typed = question.ask();
    if (typed == null) {
      return null;
    }
    try {
      return options.said().with(typed);
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  @Override
  public void close() {
    if (keys != null) {
      keys.close();
    }
  }
}
