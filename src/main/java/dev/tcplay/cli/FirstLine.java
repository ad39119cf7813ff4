package dev.tcplay.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads a password from a stream. */
final class FirstLine {

  /** Far more than any password: the longest that a container takes has 128 bytes. */
  private static final int LONGEST = 1 << 16;

  private FirstLine() {}

  /**
   * Returns the bytes before the first line end, which is a line feed with or without a carriage
   * return before it. The caller wipes them.
   *
   * @throws IOException if the stream fails or the line is longer than 64 KiB
   */
  static byte[] of(InputStream stream) throws IOException {
    byte[] line = new byte[LONGEST];
    try {
      int length = 0;
      int next;
      while ((next = stream.read()) >= 0 && next != '\n') {
        if (length == LONGEST) {
          throw new IOException("the first line of standard input is too long for a password");
        }
        line[length++] = (byte) next;
      }
      if (next == '\n' && length > 0 && line[length - 1] == '\r') {
        length--;
      }
      return Arrays.copyOf(line, length);
    } finally {
      Arrays.fill(line, (byte) 0);
    }
  }
}
