package dev.tcplay.cli;

import dev.tcplay.model.Keys;
import dev.tcplay.model.MissingCredentialsException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
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
  private @Nullable Keys keys;

  /** Makes keys that are not read yet. */
  OtherKeys(OtherKeyOptions options, Question question) {
    this.options = options;
    this.question = question;
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
      char[] typed = e.isOfOther() ? question.ask() : null;
      if (typed == null) {
        throw e;
      }
      Keys answered;
      try {
        answered = options.said().with(typed);
      } finally {
        Arrays.fill(typed, '\0');
      }
      keys = answered;
      return attempt.with(answered);
    }
  }

  @Override
  public void close() {
    if (keys != null) {
      keys.close();
    }
  }
}
