package dev.tcplay.cli;

import java.io.BufferedOutputStream;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Standard output as lines of UTF-8 or as bytes. Unlike a print stream it reports failures. */
final class Output implements Flushable {

  private static final int BUFFER = 1 << 16;

  private final OutputStream stream;

  Output(OutputStream stream) {
    this.stream = new BufferedOutputStream(stream, BUFFER);
  }

  /** Prints a line that ends with a line feed on every platform. */
  void line(String text) throws IOException {
    stream.write(text.getBytes(StandardCharsets.UTF_8));
    stream.write('\n');
  }

  /** Returns the stream for bytes; it is not to be closed. */
  OutputStream bytes() {
    return stream;
  }

  @Override
  public void flush() throws IOException {
    stream.flush();
  }
}
