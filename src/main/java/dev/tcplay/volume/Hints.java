package dev.tcplay.volume;

import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.Keys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a volume before its header opens, none of it secret but the PIM: it leaves some
 * families out, and of others some functions and chains.
 *
 * @param format null for any
 * @param hash the only function of the header key, null for any
 * @param cipher the only chain, null for any
 * @param pim the personal iterations multiplier, 0 for the default
 * @param system whether it is a system drive
 */
record Hints(
    @Nullable VolumeFormat format,
    @Nullable Prf hash,
    @Nullable CipherChain cipher,
    int pim,
    boolean system) {

  /**
   * Reads the hints that keys have.
   *
   * @param formatName what the caller named, null if nothing
   * @throws IllegalArgumentException naming a hint that cannot be, or those that never go together
   */
  static Hints of(Keys keys, @Nullable String formatName, boolean system) {
    String hashName = keys.hash().orElse(null);
    VolumeFormat named =
        formatName == null ? null : Arguments.parse("format", formatName, VolumeFormat::parse);
    Hints hints =
        new Hints(
            Arguments.isVeraCryptHash(hashName) ? VolumeFormat.VERACRYPT : named,
            hashName == null ? null : Arguments.parseHash(hashName, named),
            keys.cipher()
                .map(name -> Arguments.parse("cipher", name, CipherChain::parse))
                .orElse(null),
            keys.pim().orElse(0),
            system);
    hints.check();
    return hints;
  }

  private void check() {
    if (format != null) {
      Arguments.checkFormatHas(format, hash, cipher, pim);
    }
    int largest = VeraCryptSystemCosts.LARGEST_PIM;
    Arguments.demand(
        !system || pim <= largest,
        "pim: expected at most %d for a system drive".formatted(largest));
    Arguments.demandAgreement(
        families().stream().anyMatch(this::fit),
        system ? "system drive" : "volume",
        hash,
        cipher,
        pim);
  }

  /** Returns the families to which the header may belong. */
  List<HeaderFamily> families() {
    return system ? HeaderFamily.system() : HeaderFamily.all();
  }

  /** Returns whether a family has volumes of this kind. */
  boolean fit(HeaderFamily family) {
    boolean formatFits = format == null || format == family.format();
    boolean pimFits = pim <= family.costs().largestPim();
    boolean hashFits = hash == null || family.costs().prfs().contains(hash);
    return formatFits && pimFits && hashFits && !suites(family).isEmpty();
  }

  /** Returns whether any volume of a format is of this kind. */
  boolean fit(VolumeFormat wanted) {
    return families().stream().anyMatch(family -> family.format() == wanted && fit(family));
  }

  /** Returns the key derivations of a family that are left. */
  List<HeaderKdf> kdfs(HeaderFamily family) {
    return family.costs().prfs().stream()
        .filter(prf -> hash == null || prf == hash)
        .map(prf -> family.costs().kdf(prf, pim))
        .toList();
  }

  /** Returns the suites of a family that are left. */
  List<CipherSuite> suites(HeaderFamily family) {
    return family.suites().stream()
        .filter(suite -> cipher == null || suite.chain() == cipher)
        .toList();
  }

  @Override
  public String toString() {
    return "Hints[PIM hidden]";
  }
}
