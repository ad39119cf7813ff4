package dev.tcplay.fs.exfat;

/** What a volume may be called. */
final class VolumeLabel {

  /** The most units of UTF-16 that a label has. */
  static final int MOST_UNITS = 11;

  private VolumeLabel() {}

  /**
   * Returns a label that can be stored.
   *
   * @throws IllegalArgumentException if the text cannot; the message says why
   */
  static String checked(String text) {
    if (text.isEmpty() || text.length() > MOST_UNITS) {
      throw new IllegalArgumentException(
          "a label has 1 to %d characters, not %d".formatted(MOST_UNITS, text.length()));
    }
    if (text.codePoints().anyMatch(VolumeLabel::isUnlawful)) {
      throw new IllegalArgumentException(
          "a label has no control characters and no halves of characters");
    }
    return text;
  }

  private static boolean isUnlawful(int codePoint) {
    return codePoint < ' '
        || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
  }
}
