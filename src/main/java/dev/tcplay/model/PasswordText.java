package dev.tcplay.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Turns what callers give into the bytes of a password, and leaves no other copy behind. */
final class PasswordText {

  private static final int LONGEST_LINE = 1 << 16;

  private PasswordText() {}

  /**
   * Returns a text in UTF-8.
   *
   * @throws IllegalArgumentException if it holds half a surrogate pair
   */
  static byte[] encode(CharBuffer text) {
    CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    // One array of the largest size: a growing buffer would leave copies behind.
    byte[] room = new byte[(int) Math.ceil(text.length() * (double) encoder.maxBytesPerChar())];
    try {
      ByteBuffer encoded = ByteBuffer.wrap(room);
      var result = encoder.encode(text, encoded, true);
      if (result.isError()) {
        result.throwException();
      }
      return Arrays.copyOf(room, encoded.position());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("password must not hold half a surrogate pair", e);
    } finally {
      Arrays.fill(room, (byte) 0);
    }
  }

  /**
   * Returns the first line of a stream without its line end, and reads no further.
   *
   * @throws IOException if the line is longer than 64 KiB
   */
  static byte[] firstLine(InputStream stream) throws IOException {
    byte[] line = new byte[LONGEST_LINE + 1];
    try {
      int length = 0;
      int next;
      while ((next = stream.read()) != -1 && next != '\n') {
        if (length == line.length) {
          throw new IOException("the first line is longer than " + LONGEST_LINE + " bytes");
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
