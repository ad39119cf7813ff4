package dev.tcplay.volume;

import java.util.ArrayList;
import java.util.List;

/** What weakens the keys of a new header, by VeraCrypt's measures. */
final class KeyAdvice {

  private static final int SHORT_PASSWORD = 20;

  private KeyAdvice() {}

  /**
   * Returns a sentence on each weakness. None of them tells anything of a secret beyond that.
   *
   * @param family what the header belongs to
   * @param kdf how its key is made
   * @param pim 0 for the default
   */
  static List<String> of(Secrets secrets, HeaderFamily family, HeaderKdf kdf, int pim) {
    List<String> advice = new ArrayList<>();
    if (secrets.isPasswordShorterThan(SHORT_PASSWORD)) {
      advice.add(
          "the password has fewer than %d characters: unless they are random, it may be guessed"
              .formatted(SHORT_PASSWORD));
    }
    HeaderKdf usual = family.costs().kdf(kdf.prf(), 0);
    if (pim != 0 && kdf.blockCost() < usual.blockCost()) {
      advice.add(
          "by PIM %d a guess at the password costs %d %% of what it costs by the default"
              .formatted(pim, Math.max(1, 100 * kdf.blockCost() / usual.blockCost())));
    }
    return advice;
  }
}
