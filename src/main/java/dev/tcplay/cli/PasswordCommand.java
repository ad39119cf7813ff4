package dev.tcplay.cli;

import dev.tcplay.model.Keys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A program that prints a password, such as a password manager's. No shell runs it: a command is
 * words, as a shell would divide them, and nothing in them is replaced.
 */
final class PasswordCommand {

  /** More than any password has, and what else a program may print. */
  private static final int ROOM = 1 << 16;

  /** How a program ends by SIGHUP, SIGINT and SIGTERM, which the terminal or who stops us sends. */
  private static final Set<Integer> STOPPED = Set.of(128 + 1, 128 + 2, 128 + 15);

  private PasswordCommand() {}

  /**
   * Runs a command, and returns the first line that it prints; the caller closes it. What it says
   * on standard error is shown, and its standard input is empty.
   *
   * @throws IllegalArgumentException if the text is no command
   * @throws IOException if the command cannot be run, fails, or prints nothing or too much
   */
  static Keys run(String command) throws IOException {
    List<String> words = words(command);
    String program = words.get(0);
    Process process;
    try {
      process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new IOException("the password command " + program + " cannot be run", e);
    }
    byte[] printed = new byte[ROOM];
    try (InputStream out = process.getInputStream()) {
      process.getOutputStream().close();
      // In one large array: a small one would be filled by a buffer that nobody can wipe.
      int length = out.readNBytes(printed, 0, printed.length);
      if (out.read() >= 0) {
        throw new IOException(
            "the password command " + program + " prints over " + ROOM + " bytes");
      }
      int status = process.waitFor();
      if (STOPPED.contains(status)) {
        RunningCommand.awaitStop();
      }
      if (status != 0) {
        throw new IOException("the password command " + program + " ended with status " + status);
      }
      if (length == 0) {
        throw new IOException("the password command " + program + " printed nothing");
      }
      return Keys.ofFirstLine(new ByteArrayInputStream(printed, 0, length));
    } catch (InterruptedException e) {
      InterruptedIOException stop = new InterruptedIOException("stopped");
      stop.initCause(e);
      throw stop;
    } finally {
      process.destroy();
      Arrays.fill(printed, (byte) 0);
    }
  }

  /**
   * Divides a command into words, at blanks that neither stand in quotes nor behind a backslash. In
   * single quotes a backslash is one.
   *
   * @throws IllegalArgumentException if there is no word, or a quote or backslash without its end
   */
  static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (c == '\\' && quote != '\'') {
        if (++i == command.length()) {
          throw new IllegalArgumentException("the password command ends in a backslash");
        }
        word.append(command.charAt(i));
        begun = true;
      } else if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
        begun = true;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("the password command has a quote without its end");
    }
    if (begun) {
      words.add(word.toString());
    }
    if (words.isEmpty() || words.get(0).isEmpty()) {
      throw new IllegalArgumentException("the password command names no program");
    }
    return words;
  }
}
