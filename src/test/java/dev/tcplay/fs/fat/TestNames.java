package dev.tcplay.fs.fat;

import java.util.Random;

/** Random names that a directory takes. */
final class TestNames {

  private static final String FORBIDDEN = "\"*/:<>?\\|";
  private static final String COMMON = "abcdeABCDE019 ..~_-+,;=[]äÖß\u00E5σ日\uD83D\uDE00\uDC00";

  private TestNames() {}

  /** Returns a name of 1 to 255 units, mostly short, of common or of any characters. */
  static String random(Random random) {
    int length = random.nextInt(8) == 0 ? 1 + random.nextInt(255) : 1 + random.nextInt(16);
    boolean common = random.nextInt(4) > 0;
    StringBuilder name = new StringBuilder();
    while (name.length() < length) {
      char unit =
          common
              ? COMMON.charAt(random.nextInt(COMMON.length()))
              : (char) (' ' + random.nextInt(0x10000 - ' '));
      boolean isEnd = name.length() == length - 1;
      if (FORBIDDEN.indexOf(unit) < 0 && !(isEnd && (unit == ' ' || unit == '.'))) {
        name.append(unit);
      }
    }
    return name.toString();
  }
}
