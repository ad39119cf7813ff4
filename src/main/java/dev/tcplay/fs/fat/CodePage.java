package dev.tcplay.fs.fat;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;

/**
 * The characters that one byte of a code page can stand for in a new short name. Immutable.
 *
 * <p>Of a code page with characters of several bytes only those of one byte count, so that a name
 * can be cut anywhere.
 */
final class CodePage {

  private static final int FIRST_HIGH = 0x80;
  private static final String PUNCTUATION = "!#$%&'()-@^_`{}~";

  private final Map<Character, Byte> high = new HashMap<>();

  /** Reads the upper half of a character set whose lower half is ASCII. */
  CodePage(Charset charset) {
    for (int value = FIRST_HIGH; value <= 0xFF; value++) {
      String text = new String(new byte[] {(byte) value}, charset);
      if (text.length() == 1 && text.charAt(0) >= FIRST_HIGH && text.charAt(0) != '\uFFFD') {
        high.putIfAbsent(text.charAt(0), (byte) value);
      }
    }
  }

  /**
   * Returns the byte, 0 to 255, of a character that may stand in a short name; -1 if it may not.
   */
  int encode(char unit) {
    if (unit < FIRST_HIGH) {
      return isLawful(unit) ? unit : -1;
    }
    Byte value = high.get(unit);
    return value == null ? -1 : value & 0xFF;
  }

  private static boolean isLawful(char unit) {
    return (unit >= 'A' && unit <= 'Z')
        || (unit >= '0' && unit <= '9')
        || PUNCTUATION.indexOf(unit) >= 0;
  }
}
