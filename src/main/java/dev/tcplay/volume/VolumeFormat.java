package dev.tcplay.volume;

import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.kernel.Prf;
import java.util.Arrays;
import java.util.List;

/** The two formats, as users name them, and what each accepts. */
public enum VolumeFormat {
  /** TrueCrypt 1 to 7: CBC mode up to 4.0, LRW up to 4.3, XTS since. */
  TRUECRYPT("TrueCrypt", 64),

  /** VeraCrypt 1.x, in XTS mode. */
  VERACRYPT("VeraCrypt", 128);

  private final String displayName;
  private final int maximumPasswordBytes;

  VolumeFormat(String displayName, int maximumPasswordBytes) {
    this.displayName = displayName;
    this.maximumPasswordBytes = maximumPasswordBytes;
  }

  /**
   * Returns the format of a name; case is ignored.
   *
   * @throws IllegalArgumentException if no format has the name
   */
  public static VolumeFormat parse(String name) {
    return Arrays.stream(values())
        .filter(format -> format.displayName.equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected TrueCrypt or VeraCrypt, not '%s'".formatted(name)));
  }

  /** Returns the name as its makers spell it. */
  public String displayName() {
    return displayName;
  }

  /** Returns the longest password, in bytes, that the format takes. */
  int maximumPasswordBytes() {
    return maximumPasswordBytes;
  }

  /** Returns the functions of the header key: SHA-512, the default, first. */
  List<Prf> prfs() {
    return HeaderFamily.of(this).stream()
        .flatMap(family -> family.costs().prfs().stream())
        .distinct()
        .toList();
  }

  /** Returns the cipher chains, those of the newest volumes first. */
  List<CipherChain> chains() {
    return HeaderFamily.of(this).stream()
        .flatMap(family -> family.suites().stream())
        .map(CipherSuite::chain)
        .distinct()
        .toList();
  }
}
