package dev.tcplay.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** How names from a volume are ordered and shown. */
final class Names {

  /** The order of the names' UTF-8 bytes, as unsigned numbers; different names never tie. */
  static final Comparator<String> UTF_8_ORDER =
      Comparator.<String, byte[]>comparing(
              name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned)
          // Unpaired surrogates have no bytes of their own.
          .thenComparing(Comparator.naturalOrder());

  private Names() {}

  /**
   * Returns the text with what a name must not do, such as to end a line, to steer a terminal or to
   * turn the order in which the line is read, written as four hexadecimal digits after a backslash
   * and a u.
   */
  static String visible(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(shown, c));
    return shown.toString();
  }

  private static void append(StringBuilder shown, int codePoint) {
    if (isUnprintable(codePoint)) {
      shown.append(String.format("\\u%04x", codePoint));
    } else {
      shown.appendCodePoint(codePoint);
    }
  }

  /**
   * Returns whether a code point is a control character, one for the direction of writing, the
   * separator of lines or paragraphs, or half of a surrogate pair.
   */
  static boolean isUnprintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> isBidiControl(codePoint);
    };
  }

  /** Unicode's property Bidi_Control. */
  private static boolean isBidiControl(int codePoint) {
    return codePoint == 0x061C
        || codePoint == 0x200E
        || codePoint == 0x200F
        || (codePoint >= 0x202A && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069);
  }
}
