package dev.tcplay.volume;

import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.Keys;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a volume before its header opens, none of it secret but the PIM: it leaves some
 * families out, and of others some functions and chains.
 *
 * @param format null for any
 * @param hashes the only functions of the header key, none for any
 * @param cipher the only chain, null for any
 * @param pim the personal iterations multiplier, 0 for the default
 * @param system whether it is a system drive
 */
record Hints(
    @Nullable VolumeFormat format,
    Set<Prf> hashes,
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
    List<String> hashNames =
        keys.hash().map(names -> Arrays.asList(names.split(",", -1))).orElse(List.of());
    VolumeFormat named =
        formatName == null ? null : Arguments.parse("format", formatName, VolumeFormat::parse);
    Hints hints =
        new Hints(
            onlyVeraCrypts(hashNames) ? VolumeFormat.VERACRYPT : named,
            parse(hashNames, named),
            keys.cipher()
                .map(name -> Arguments.parse("cipher", name, CipherChain::parse))
                .orElse(null),
            keys.pim().orElse(0),
            system);
    hints.check();
    return hints;
  }

  private static boolean onlyVeraCrypts(List<String> hashNames) {
    return !hashNames.isEmpty() && hashNames.stream().allMatch(Arguments::isVeraCryptHash);
  }

  private static Set<Prf> parse(List<String> hashNames, @Nullable VolumeFormat named) {
    Set<Prf> hashes = EnumSet.noneOf(Prf.class);
    hashNames.forEach(name -> hashes.add(Arguments.parseHash(name, named)));
    Arguments.demand(
        onlyVeraCrypts(hashNames) || hashNames.stream().noneMatch(Arguments::isVeraCryptHash),
        "hash: expected all names with -VC or none, not '%s'"
            .formatted(String.join(",", hashNames)));
    return hashes;
  }

  private void check() {
    if (format != null) {
      Arguments.checkFormatHas(format, hashes, cipher, pim);
    }
    int largest = VeraCryptSystemCosts.LARGEST_PIM;
    Arguments.demand(
        !system || pim <= largest,
        "pim: expected at most %d for a system drive".formatted(largest));
    Arguments.demandAgreement(
        families().stream().anyMatch(this::fit),
        system ? "system drive" : "volume",
        hashes,
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
    boolean hashFits = family.costs().prfs().stream().anyMatch(this::isInQuestion);
    return formatFits && pimFits && hashFits && !suites(family).isEmpty();
  }

  /** Returns whether any volume of a format is of this kind. */
  boolean fit(VolumeFormat wanted) {
    return families().stream().anyMatch(family -> family.format() == wanted && fit(family));
  }

  private boolean isInQuestion(Prf prf) {
    return hashes.isEmpty() || hashes.contains(prf);
  }

  /** Returns the key derivations of a family that are left. */
  List<HeaderKdf> kdfs(HeaderFamily family) {
    return family.costs().prfs().stream()
        .filter(this::isInQuestion)
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
