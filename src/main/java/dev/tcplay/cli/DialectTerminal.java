package dev.tcplay.cli;

import dev.tcplay.model.Keys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Where tcplay(8) asks and answers: passphrases come from the terminal, from standard input where
 * that is none; all else that is asked for comes from standard input.
 */
final class DialectTerminal {

  /** Of a passphrase no more counts, in either format. */
  private static final int LONGEST_PASSPHRASE = 64;

  private final Terminal terminal;

  DialectTerminal(Terminal terminal) {
    this.terminal = terminal;
  }

  Terminal terminal() {
    return terminal;
  }

  void line(String text) throws IOException {
    terminal.out().line(text);
  }

  void lines(List<String> texts) throws IOException {
    for (String text : texts) {
      line(text);
    }
  }

  /** Prints what stands before an answer, without a line end. */
  void question(String text) throws IOException {
    terminal.out().bytes().write(text.getBytes(StandardCharsets.UTF_8));
    flush();
  }

  void complain(String message) throws IOException {
    flush();
    terminal.err().print(Names.visible(message) + "\n");
    terminal.err().flush();
  }

  void flush() throws IOException {
    terminal.out().flush();
  }

  /**
   * Returns the passphrase that answers a question; the caller closes it.
   *
   * @throws EOFException if there is none any more
   */
  Keys passphrase(String question) throws IOException {
    char[] typed = terminal.prompt().ask(question);
    if (typed != null) {
      return ofTyped(typed);
    }
    question(question + ": ");
    int first = terminal.in().read();
    if (first < 0) {
      throw new EOFException("could not read passphrase");
    }
    InputStream rest =
        first == '\n'
            ? new ByteArrayInputStream(new byte[] {'\n'})
            : new SequenceInputStream(
                new ByteArrayInputStream(new byte[] {(byte) first}), terminal.in());
    try (Keys line = Keys.ofFirstLine(rest)) {
      return trimmed(line.password());
    }
  }

  private static Keys ofTyped(char[] typed) {
    try (Keys whole = Keys.of(typed)) {
      return trimmed(whole.password());
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  private static Keys trimmed(byte[] password) {
    byte[] counting = Arrays.copyOf(password, Math.min(password.length, LONGEST_PASSPHRASE));
    try {
      return Keys.of(counting);
    } finally {
      Arrays.fill(counting, (byte) 0);
    }
  }

  /**
   * Returns a new passphrase that answers a question twice; the caller closes it.
   *
   * @param mismatch what is thrown if the two answers differ
   */
  Keys passphraseTwice(String question, String mismatch) throws IOException {
    Keys passphrase = passphrase(question);
    try (Keys again = passphrase("Repeat passphrase")) {
      if (Arrays.equals(passphrase.password(), again.password())) {
        return passphrase;
      }
    } catch (IOException e) {
      passphrase.close();
      throw e;
    }
    passphrase.close();
    throw new IOException(mismatch);
  }

  /**
   * Returns the line that answers a question, which is no secret.
   *
   * @throws EOFException if there is none any more
   */
  String answer(String question) throws IOException {
    question(question);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = terminal.in().read();
    if (next < 0) {
      throw new EOFException("Could not read from stdin");
    }
    for (; next >= 0 && next != '\n'; next = terminal.in().read()) {
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
