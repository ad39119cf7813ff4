package dev.tcplay.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a run of the command reads and writes. What it writes is UTF-8, whatever the locale.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param prompt asks for passwords
 */
record Terminal(InputStream in, Output out, PrintStream err, PasswordPrompt prompt) {

  /** Returns the streams and the console of this process. */
  static Terminal system() {
    return new Terminal(
        new FileInputStream(FileDescriptor.in),
        new Output(new FileOutputStream(FileDescriptor.out)),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        PasswordPrompt.console());
  }

  /** Prints a message as one line on standard error. */
  void complain(String message) {
    err.print("tcplay: " + Names.visible(message) + "\n");
    err.flush();
  }
}
