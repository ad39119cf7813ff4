package dev.tcplay.nio;

/**
 * Paths in URIs. Every character outside a small set is its UTF-8 bytes in {@code %XX}; half a
 * surrogate pair, which names on disk may hold, is written as if it were a character, so that every
 * path comes back as it was.
 */
final class PercentCode {

  private static final String PLAIN = "-._~/$&'()*+,;=:@";
  private static final String HEX = "0123456789ABCDEF";

  /** The least character that takes so many following bytes. */
  private static final int[] LEAST = {0, 0x80, 0x800, 0x10000};

  private PercentCode() {}

  static String encode(String path) {
    StringBuilder encoded = new StringBuilder();
    for (int i = 0; i < path.length(); ) {
      int c = path.codePointAt(i);
      i += Character.charCount(c);
      if (isPlain(c)) {
        encoded.appendCodePoint(c);
      } else if (c < 0x80) {
        append(encoded, c);
      } else {
        appendMultiByte(encoded, c);
      }
    }
    return encoded.toString();
  }

  private static boolean isPlain(int c) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || PLAIN.indexOf(c) >= 0;
  }

  private static void appendMultiByte(StringBuilder encoded, int c) {
    int following = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    int marker = (0xFF00 >> (following + 1)) & 0xFF;
    append(encoded, marker | (c >> (6 * following)));
    for (int i = following - 1; i >= 0; i--) {
      append(encoded, 0x80 | ((c >> (6 * i)) & 0x3F));
    }
  }

  private static void append(StringBuilder encoded, int octet) {
    encoded.append('%').append(HEX.charAt(octet >> 4)).append(HEX.charAt(octet & 0xF));
  }

  /**
   * Turns a path back.
   *
   * @throws IllegalArgumentException if the escapes are no UTF-8
   */
  static String decode(String encoded) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < encoded.length(); ) {
      if (encoded.charAt(i) != '%') {
        path.append(encoded.charAt(i++));
        continue;
      }
      int first = octet(encoded, i);
      int following = first < 0x80 ? 0 : Integer.numberOfLeadingZeros(~(first << 24)) - 1;
      if (following < 0 || (first >= 0x80 && following == 0) || following > 3) {
        throw notUtf8();
      }
      int c = following == 0 ? first : first & (0x3F >> following);
      for (int k = 1; k <= following; k++) {
        int next = octet(encoded, i + 3 * k);
        if ((next & 0xC0) != 0x80) {
          throw notUtf8();
        }
        c = (c << 6) | (next & 0x3F);
      }
      if (c < LEAST[following] || !Character.isValidCodePoint(c)) {
        throw notUtf8();
      }
      path.appendCodePoint(c);
      i += 3 * (following + 1);
    }
    return path.toString();
  }

  private static int octet(String encoded, int index) {
    if (index + 3 > encoded.length() || encoded.charAt(index) != '%') {
      throw notUtf8();
    }
    int high = Character.digit(encoded.charAt(index + 1), 16);
    int low = Character.digit(encoded.charAt(index + 2), 16);
    if (high < 0 || low < 0) {
      throw notUtf8();
    }
    return (high << 4) | low;
  }

  private static IllegalArgumentException notUtf8() {
    return new IllegalArgumentException("the escapes in the path are not UTF-8");
  }
}
