package dev.tcplay.fs.fat;

import dev.tcplay.fs.UpcaseTable;
import java.util.Arrays;

/**
 * What is left of a long name in eight and three bytes, before a tail makes it unique. Immutable.
 *
 * <p>Leading dots and all spaces are dropped. The last dot that something stands before separates
 * the extension; other dots are dropped. What the code page or a short name has no place for
 * becomes {@code _}. Letters are upper case by the volume's table.
 */
final class ShortNameBasis {

  private static final int BASE_BYTES = 8;
  private static final int EXTENSION_BYTES = ShortName.BYTES - BASE_BYTES;
  private static final char SUBSTITUTE = '_';

  private final byte[] base = new byte[BASE_BYTES];
  private final byte[] extension = new byte[EXTENSION_BYTES];
  private int baseLength;
  private int extensionLength;
  private boolean exact = true;

  ShortNameBasis(String name, CodePage codePage) {
    int start = 0;
    while (start < name.length() && isDropped(name.charAt(start))) {
      start++;
    }
    int dot = name.lastIndexOf('.');
    boolean hasExtension = dot > start;
    exact = start == 0 && !name.isEmpty();
    baseLength = fill(base, name, start, hasExtension ? dot : name.length(), codePage);
    extensionLength = hasExtension ? fill(extension, name, dot + 1, name.length(), codePage) : 0;
    exact &= !hasExtension || extensionLength > 0;
    if (baseLength == 0) {
      base[baseLength++] = SUBSTITUTE;
      exact = false;
    }
  }

  private int fill(byte[] part, String name, int from, int to, CodePage codePage) {
    int length = 0;
    for (int i = from; i < to; i++) {
      char unit = name.charAt(i);
      if (isDropped(unit) || length == part.length) {
        exact = false;
      } else {
        int value = codePage.encode(UpcaseTable.standard().toUpper(unit));
        exact &= value >= 0;
        part[length++] = (byte) (value >= 0 ? value : SUBSTITUTE);
      }
    }
    return length;
  }

  private static boolean isDropped(char unit) {
    return unit == '.' || unit == ' ';
  }

  /** Returns whether nothing but case was changed: the whole name is there. */
  boolean isExact() {
    return exact;
  }

  /** Returns the eleven bytes as stored. */
  byte[] plain() {
    return stored(baseLength, "");
  }

  /** Returns the eleven bytes with a tail of ASCII, for which the base is cut as far as needed. */
  byte[] withTail(int mostBaseBytes, String tail) {
    return stored(Math.min(Math.min(baseLength, mostBaseBytes), BASE_BYTES - tail.length()), tail);
  }

  private byte[] stored(int kept, String tail) {
    byte[] raw = new byte[ShortName.BYTES];
    Arrays.fill(raw, (byte) ' ');
    System.arraycopy(base, 0, raw, 0, kept);
    for (int i = 0; i < tail.length(); i++) {
      raw[kept + i] = (byte) tail.charAt(i);
    }
    System.arraycopy(extension, 0, raw, BASE_BYTES, extensionLength);
    ShortName.escape(raw);
    return raw;
  }
}
