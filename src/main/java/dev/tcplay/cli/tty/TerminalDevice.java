package dev.tcplay.cli.tty;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The terminal of the process, which POSIX calls {@code /dev/tty}. Safe for several threads. */
public final class TerminalDevice {

  private static final String DEVICE = "/dev/tty";
  private static final int LONGEST = 1 << 16;

  /** Rows and columns. */
  private static final Pattern SIZE = Pattern.compile("[0-9]+ ([0-9]{1,6})\\s*");

  private final File file;
  private volatile boolean asking;

  /** Makes the device of this process; whether there is one shows when somebody is asked. */
  public TerminalDevice() {
    this(new File(DEVICE));
  }

  /** Makes a terminal by its file. */
  TerminalDevice(File file) {
    this.file = file;
  }

  /** Returns whether standard input is a terminal. */
  public static boolean isStandardInput() {
    try {
      Echo.stty(Redirect.INHERIT, "-g");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns how many columns the terminal has, empty if it does not say. */
  public static OptionalInt width() {
    try {
      Matcher size = SIZE.matcher(Echo.stty(Redirect.from(new File(DEVICE)), "size"));
      int columns = size.matches() ? Integer.parseInt(size.group(1)) : 0;
      return columns > 0 ? OptionalInt.of(columns) : OptionalInt.empty();
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  /**
   * Asks a question, without showing what is typed.
   *
   * @return what was typed, which the caller wipes; null if there is no terminal, it would show
   *     what is typed, or nobody answers any more
   */
  public synchronized char @Nullable [] ask(String question) {
    try (InputStream in = new FileInputStream(file);
        OutputStream out = new FileOutputStream(file)) {
      Echo echo = Echo.off(file);
      try (echo) {
        asking = true;
        out.write((question + ": ").getBytes(charset()));
        return line(in);
      } finally {
        leave(out);
      }
    } catch (IOException | IllegalStateException e) {
      return null;
    }
  }

  /** Ends the line of a question that waits for an answer, if there is one. */
  public void leave() {
    if (asking) {
      try (OutputStream out = new FileOutputStream(file)) {
        leave(out);
      } catch (IOException e) {
        // The terminal is gone.
      }
    }
  }

  private void leave(OutputStream out) throws IOException {
    if (asking) {
      asking = false;
      out.write('\n');
    }
  }

  private static char @Nullable [] line(InputStream in) throws IOException {
    byte[] typed = new byte[LONGEST];
    try {
      int length = 0;
      int next;
      while ((next = in.read()) >= 0 && next != '\n' && length < typed.length) {
        typed[length++] = (byte) next;
      }
      return next < 0 && length == 0 ? null : decode(ByteBuffer.wrap(typed, 0, length));
    } finally {
      Arrays.fill(typed, (byte) 0);
    }
  }

  private static char[] decode(ByteBuffer typed) {
    CharBuffer text = charset().decode(typed);
    try {
      char[] characters = new char[text.remaining()];
      text.get(characters);
      return characters;
    } finally {
      Arrays.fill(text.array(), '\0');
    }
  }

  /** Returns the locale's; where that has ASCII only, terminals send UTF-8 all the same. */
  private static Charset charset() {
    Charset locale = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    return locale.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : locale;
  }
}
