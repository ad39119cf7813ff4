package dev.tcplay.crypttab;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Debian's way to write bytes that a field cannot hold: {@code \040} for a blank. */
final class Octal {

  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:(0[0-7]{1,3})|)");

  private Octal() {}

  /**
   * Returns what a field means.
   *
   * @throws IllegalArgumentException if a backslash begins something else, or the result is no
   *     text, or holds a zero byte
   */
  static String decode(String field) {
    if (field.indexOf('\\') < 0) {
      return field;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Matcher escapes = ESCAPE.matcher(field);
    int end = 0;
    while (escapes.find()) {
      bytes.writeBytes(field.substring(end, escapes.start()).getBytes(StandardCharsets.UTF_8));
      end = escapes.end();
      int code = escapes.group(1) == null ? 0 : Integer.parseInt(escapes.group(1), 8);
      if (code == 0 || code > 0xff) {
        throw new IllegalArgumentException(
            "a backslash must begin an octal number from \\01 to \\0377");
      }
      bytes.write(code);
    }
    bytes.writeBytes(field.substring(end).getBytes(StandardCharsets.UTF_8));
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("octal numbers that are no UTF-8", e);
    }
  }
}
