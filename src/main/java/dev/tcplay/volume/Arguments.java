package dev.tcplay.volume;

import static java.util.stream.Collectors.joining;

import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.kernel.Prf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks of what callers give: each failure names the key and what is expected of it. */
final class Arguments {

  private Arguments() {}

  /** Throws an IllegalArgumentException with a text unless something holds. */
  static void demand(boolean holds, String text) {
    if (!holds) {
      throw new IllegalArgumentException(text);
    }
  }

  /**
   * Throws unless volumes of a format have one of some functions, a chain and a PIM; not all have
   * every one.
   *
   * @param prfs none if it does not matter
   * @param chain null if it does not matter
   */
  static void checkFormatHas(
      VolumeFormat format, Set<Prf> prfs, @Nullable CipherChain chain, int pim) {
    String name = format.displayName();
    checkPrf(name, format.prfs(), prfs);
    checkChain(name, format.chains(), chain);
    checkPim(name, format == VolumeFormat.VERACRYPT, pim);
  }

  /** Throws unless volumes of a family and mode have a function, a chain and a PIM. */
  static void checkFamilyHas(
      HeaderFamily family, CipherMode mode, Prf prf, CipherChain chain, int pim) {
    String name = family.format().displayName();
    checkPrf(name, family.costs().prfs(), Set.of(prf));
    checkChain(name, family.chains(mode), chain);
    checkPim(name, family.costs().largestPim() > 0, pim);
  }

  /**
   * Throws unless one of some functions, a chain and a PIM go together.
   *
   * @param agree whether there are volumes that have all of them
   * @param what what such a volume is called
   * @param prfs none if it does not matter
   * @param chain null if it does not matter
   */
  static void demandAgreement(
      boolean agree, String what, Set<Prf> prfs, @Nullable CipherChain chain, int pim) {
    Map<String, String> given = new LinkedHashMap<>();
    if (!prfs.isEmpty()) {
      given.put("hash", prfs.stream().map(Prf::id).collect(joining(" or ")));
    }
    if (chain != null) {
      given.put("cipher", chain.toString());
    }
    if (pim != 0) {
      given.put("pim", "a PIM");
    }
    demand(
        agree,
        "%s: no %s has %s"
            .formatted(
                String.join(", ", given.keySet()), what, String.join(" and ", given.values())));
  }

  private static void checkPrf(String name, List<Prf> known, Set<Prf> prfs) {
    demand(
        prfs.isEmpty() || known.stream().anyMatch(prfs::contains),
        "hash: expected one of %s's: %s"
            .formatted(name, known.stream().map(Prf::id).collect(joining(", "))));
  }

  private static void checkChain(
      String name, List<CipherChain> chains, @Nullable CipherChain chain) {
    demand(
        chain == null || chains.contains(chain),
        "cipher: expected one of %s's: %s"
            .formatted(
                name, chains.stream().map(CipherChain::veraCryptName).collect(joining(", "))));
  }

  /** Throws if the name of a cipher ends in another mode, as AES-256-LRW does. */
  static void checkNamedMode(String cipher, CipherMode mode) {
    for (String part : cipher.toLowerCase(Locale.ROOT).split(",", -1)) {
      for (CipherMode other : CipherMode.all()) {
        demand(
            other == mode || !part.strip().endsWith(other.id()),
            "cipher: '%s' names the mode %s; such a volume is made in %s"
                .formatted(cipher, other.id(), mode.id()));
      }
    }
  }

  private static void checkPim(String name, boolean hasPim, int pim) {
    demand(pim == 0 || hasPim, "pim: expected none for %s".formatted(name));
  }

  /**
   * Returns the function that a name stands for.
   *
   * @param format what the caller named, null if nothing
   */
  static Prf parseHash(String name, @Nullable VolumeFormat format) {
    demand(
        format != VolumeFormat.TRUECRYPT || !isVeraCryptHash(name),
        "hash: expected one of TrueCrypt's, not '%s'".formatted(name));
    return parse("hash", name, Prf::parse);
  }

  /** Returns whether a hash is named as tcplay names VeraCrypt's, such as {@code SHA512-VC}. */
  static boolean isVeraCryptHash(String name) {
    return name.strip().toUpperCase(Locale.ROOT).endsWith("-VC");
  }

  /** Returns what a name stands for. */
  static <T> T parse(String key, String name, Function<String, T> parser) {
    try {
      return parser.apply(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }
}
