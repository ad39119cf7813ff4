package dev.tcplay.volume;

import static java.util.stream.Collectors.joining;

import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.kernel.Prf;
import java.util.Locale;
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
   * Throws unless a format has a function, a chain and a PIM.
   *
   * @param prf null if it does not matter
   * @param chain null if it does not matter
   */
  static void checkFormatHas(
      VolumeFormat format, @Nullable Prf prf, @Nullable CipherChain chain, int pim) {
    String name = format.displayName();
    demand(
        prf == null || format.prfs().contains(prf),
        "hash: expected one of %s's: %s".formatted(name, ids(format)));
    demand(
        chain == null || format.chains().contains(chain),
        "cipher: expected one of %s's: %s".formatted(name, format.chains()));
    demand(
        pim == 0 || format == VolumeFormat.VERACRYPT, "pim: expected none for %s".formatted(name));
  }

  private static String ids(VolumeFormat format) {
    return format.prfs().stream().map(Prf::id).collect(joining(", "));
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
  static boolean isVeraCryptHash(@Nullable String name) {
    return name != null && name.toUpperCase(Locale.ROOT).endsWith("-VC");
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
