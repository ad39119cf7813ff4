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
   * Returns the text with control characters and unpaired surrogates written as four hexadecimal
   * digits after a backslash and a u: a name must not end a line or steer a terminal.
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

  /** Returns whether a code point is a control character or half of a surrogate pair. */
  static boolean isUnprintable(int codePoint) {
    return Character.isISOControl(codePoint)
        || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
  }
}
