package dev.tcplay.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a run of the command reads and writes. What it writes is UTF-8, whatever the locale.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param prompt asks for passwords
 * @param screen writes where a person looks and no program reads; null if there is no such place
 */
record Terminal(
    InputStream in,
    Output out,
    PrintStream err,
    PasswordPrompt prompt,
    @Nullable PrintWriter screen) {

  /** Returns the streams and the console of this process. */
  static Terminal system() {
    Console console = console();
    return new Terminal(
        new FileInputStream(FileDescriptor.in),
        new Output(new StandardOutput()),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        new SystemPrompt(console),
        console == null ? null : screen(console));
  }

  /** Not the console's own writer: as long as it asks, that one has to wait for the answer. */
  private static PrintWriter screen(Console console) {
    return new Screen(new FileOutputStream(FileDescriptor.out), console.charset());
  }

  // There is none before JDK 22 where standard input or output is no terminal.
  @SuppressWarnings("SystemConsoleNull")
  private static @Nullable Console console() {
    Console console = System.console();
    return console == null || !isTerminal(console) ? null : console;
  }

  /** From JDK 22 on there may be a console that is no terminal. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** Returns the same with another to ask. */
  Terminal with(PasswordPrompt other) {
    return new Terminal(in, out, err, other, screen);
  }

  /** Prints a message as one line on standard error. */
  void complain(String message) {
    err.print("tcplay: " + Names.visible(message) + "\n");
    err.flush();
  }
}
