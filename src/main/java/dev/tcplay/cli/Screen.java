package dev.tcplay.cli;

import dev.tcplay.cli.tty.TerminalDevice;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/** A terminal to write to, which has a width. */
final class Screen extends PrintWriter {

  private int width;

  Screen(OutputStream stream, Charset charset) {
    super(stream, false, charset);
  }

  /** Makes a screen of a width, in columns. */
  Screen(OutputStream stream, Charset charset, int width) {
    this(stream, charset);
    this.width = width;
  }

  /** Returns how many columns there are; many where nobody knows. */
  int width() {
    if (width == 0) {
      width = TerminalDevice.width().orElse(Integer.MAX_VALUE);
    }
    return width;
  }

  /** Returns whether it takes no colours, or nobody wants them; see no-color.org. */
  boolean isPlain() {
    return !System.getenv().getOrDefault("NO_COLOR", "").isEmpty()
        || "dumb".equals(System.getenv("TERM"));
  }
}
