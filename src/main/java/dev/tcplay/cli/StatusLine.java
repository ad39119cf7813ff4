package dev.tcplay.cli;

import java.io.PrintWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A line on a terminal that is written over and over, and erased at the end. */
final class StatusLine implements AutoCloseable {

  /** How long something takes before a person wants to know how far it is. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private final @Nullable PrintWriter screen;
  private int width;

  /** Makes a line on a terminal; null means that there is none, and nothing is written. */
  StatusLine(@Nullable PrintWriter screen) {
    this.screen = screen;
  }

  /** Returns whether there is somebody who may look. */
  boolean isVisible() {
    return screen != null;
  }

  /** Shows a text in place of the one before. */
  void show(String text) {
    // Behind the line that tells of a stop stands the prompt of a shell.
    if (screen != null && !RunningCommand.isStopping()) {
      print(fitting(text));
    }
  }

  /** A line that goes on in the next row could not be written over. */
  private String fitting(String text) {
    return screen instanceof Screen terminal && text.length() >= terminal.width()
        ? text.substring(0, Math.max(0, terminal.width() - 1))
        : text;
  }

  private void print(String text) {
    if (screen != null) {
      screen.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
      screen.flush();
      width = text.length();
      RunningCommand.setMidLine(width > 0);
    }
  }

  /** Erases the line; the next text is shown as before. */
  void clear() {
    if (screen != null && width > 0) {
      print("");
      screen.print("\r");
      screen.flush();
    }
  }

  @Override
  public void close() {
    clear();
  }
}
