package dev.tcplay.cli.tty;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/**
 * A terminal that does not show what is typed, until this is closed or the virtual machine ends. A
 * shutdown hook sees to that, so that a signal leaves the terminal as it was, too; SIGKILL cannot
 * be met.
 */
final class Echo implements AutoCloseable {

  private final File device;
  private final String before;
  private final Thread hook = new Thread(this::restore, "tcplay-echo");
  private boolean restored;

  private Echo(File device, String before) {
    this.device = device;
    this.before = before;
  }

  /**
   * Has a terminal not show what is typed.
   *
   * @throws IOException if it cannot be told so
   * @throws IllegalStateException if the virtual machine is ending
   */
  static Echo off(File device) throws IOException {
    Echo echo = new Echo(device, stty(Redirect.from(device), "-g").strip());
    Runtime.getRuntime().addShutdownHook(echo.hook);
    try {
      stty(Redirect.from(device), "-echo");
      return echo;
    } catch (IOException e) {
      echo.close();
      throw e;
    }
  }

  /**
   * Runs stty, which speaks of the terminal at its standard input.
   *
   * @return what it prints
   * @throws IOException if it is missing or fails, such as for what is no terminal
   */
  static String stty(Redirect in, String argument) throws IOException {
    Process process =
        new ProcessBuilder("stty", argument)
            .redirectInput(in)
            .redirectError(Redirect.DISCARD)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    try {
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException("stty ended with status " + status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException stop = new InterruptedIOException("stopped");
      stop.initCause(e);
      throw stop;
    }
    return printed;
  }

  private synchronized void restore() {
    if (!restored) {
      restored = true;
      try {
        stty(Redirect.from(device), before);
      } catch (IOException e) {
        // The terminal is gone.
      }
    }
  }

  /** Has the terminal as it was before. */
  @Override
  public void close() {
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The virtual machine is ending, and the hook does nothing more.
    }
  }
}
