package dev.tcplay.words;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word that a mistyped one was most likely meant to be. */
public final class NearestWord {

  /** Of shorter words nobody can tell what they were meant to be. */
  private static final int SHORTEST = 2;

  /** One mistake in so many letters leaves a word recognisable. */
  private static final int LETTERS_A_MISTAKE = 4;

  private NearestWord() {}

  /**
   * Returns what a message may go on with: {@code ; did you mean pim?}, or nothing if no word is
   * near.
   */
  public static String hint(String given, Collection<String> known) {
    return find(given, known).map(word -> "; did you mean " + word + "?").orElse("");
  }

  /**
   * Returns the nearest known word: first one that differs in case and in dashes only, then the one
   * that the fewest letters left out, put in, replaced or swapped lead to, if they are few.
   */
  public static Optional<String> find(String given, Collection<String> known) {
    String plain = plain(given);
    String nearest = null;
    int fewest = Math.max(1, plain.length() / LETTERS_A_MISTAKE) + 1;
    for (String word : known) {
      String to = plain(word);
      boolean isNear =
          plain.length() >= SHORTEST && Math.abs(plain.length() - to.length()) < fewest;
      int mistakes = isNear ? mistakes(plain, to) : fewest;
      // A word of which every letter may be wrong is any word.
      if (mistakes < fewest && mistakes < to.length()) {
        fewest = mistakes;
        nearest = word;
      }
    }
    return Optional.ofNullable(nearest);
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
  }

  /** Returns the distance of Damerau and Levenshtein, in which no place is changed twice. */
  private static int mistakes(String from, String to) {
    int[][] least = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          least[i][j] = i + j;
          continue;
        }
        int same = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        least[i][j] =
            Math.min(least[i - 1][j - 1] + same, 1 + Math.min(least[i - 1][j], least[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
        if (swapped) {
          least[i][j] = Math.min(least[i][j], least[i - 2][j - 2] + 1);
        }
      }
    }
    return least[from.length()][to.length()];
  }
}
