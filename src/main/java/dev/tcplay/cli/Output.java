package dev.tcplay.cli;

import java.io.BufferedOutputStream;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Standard output as lines of UTF-8 or as bytes. Unlike a print stream it reports failures. */
final class Output implements Flushable {

  private static final int BUFFER = 1 << 16;

  private final OutputStream unbuffered;
  private final OutputStream stream;

  Output(OutputStream stream) {
    this.unbuffered = stream;
    this.stream = new BufferedOutputStream(stream, BUFFER);
  }

  /** Prints a line that ends with a line feed on every platform. */
  void line(String text) throws IOException {
    stream.write(text.getBytes(StandardCharsets.UTF_8));
    stream.write('\n');
  }

  /**
   * Prints a line of a name and of secret bytes in hexadecimal, past the buffer, which would keep a
   * copy of them.
   */
  void secretLine(String name, byte[] secret) throws IOException {
    stream.write(name.getBytes(StandardCharsets.UTF_8));
    stream.flush();
    byte[] line = new byte[2 * secret.length + 1];
    try {
      for (int i = 0; i < secret.length; i++) {
        line[2 * i] = (byte) Character.forDigit(secret[i] >> 4 & 0xF, 16);
        line[2 * i + 1] = (byte) Character.forDigit(secret[i] & 0xF, 16);
      }
      line[line.length - 1] = '\n';
      unbuffered.write(line);
    } finally {
      Arrays.fill(line, (byte) 0);
    }
  }

  /** Prints secret bytes past the buffer; the caller wipes them. */
  void secret(byte[] bytes) throws IOException {
    stream.flush();
    unbuffered.write(bytes);
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
