package dev.tcplay.volume;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Passwords in ISO-8859-1, as programs took them that knew no UTF-8. All is done byte by byte, so
 * that no copy is left behind.
 */
final class Latin1 {

  private static final int FIRST_LEAD = 0xC2;
  private static final int LAST_LEAD = 0xC3;

  private Latin1() {}

  /** Returns whether all is ASCII, which is the same in both encodings. */
  static boolean isAscii(byte[] utf8) {
    for (byte unit : utf8) {
      if (unit < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns a text of UTF-8 in ISO-8859-1, which the caller wipes; null if it holds a character
   * that has no byte there, or is no UTF-8.
   */
  static byte @Nullable [] of(byte[] utf8) {
    byte[] room = new byte[utf8.length];
    try {
      int length = 0;
      for (int i = 0; i < utf8.length; i++) {
        int unit = utf8[i] & 0xFF;
        if (unit >= 0x80) {
          i++;
          boolean isPair =
              unit >= FIRST_LEAD
                  && unit <= LAST_LEAD
                  && i < utf8.length
                  && (utf8[i] & 0xC0) == 0x80;
          if (!isPair) {
            return null;
          }
          unit = (unit & 3) << 6 | (utf8[i] & 0x3F);
        }
        room[length++] = (byte) unit;
      }
      return Arrays.copyOf(room, length);
    } finally {
      Arrays.fill(room, (byte) 0);
    }
  }
}
