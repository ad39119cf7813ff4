package dev.tcplay.cli.dialect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What tcplay calls hashes and chains of ciphers: these last first, in their order of dm-crypt. */
public final class AlgorithmNames {

  private static final String VERACRYPT = "-VC";
  private static final String XTS = "-256-XTS";

  private static final List<String> PRFS =
      List.of(
          "RIPEMD160",
          "SHA512",
          "whirlpool",
          "RIPEMD160-VC",
          "SHA512-VC",
          "whirlpool-VC",
          "SHA256-VC");

  private static final List<String> CHAINS =
      List.of(
          "AES-256-XTS",
          "TWOFISH-256-XTS",
          "SERPENT-256-XTS",
          "AES-256-XTS,TWOFISH-256-XTS,SERPENT-256-XTS",
          "SERPENT-256-XTS,TWOFISH-256-XTS,AES-256-XTS",
          "TWOFISH-256-XTS,AES-256-XTS",
          "AES-256-XTS,SERPENT-256-XTS",
          "SERPENT-256-XTS,TWOFISH-256-XTS");

  private AlgorithmNames() {}

  /** Returns the hash of a new volume where none is said. */
  public static String defaultPrf() {
    return PRFS.get(0);
  }

  /** Returns the chain of a new volume where none is said. */
  public static String defaultChain() {
    return CHAINS.get(0);
  }

  /** Returns the hashes that are tried, in either format, as the library reads several. */
  public static String triedPrfs() {
    return PRFS.stream()
        .map(name -> name.replace(VERACRYPT, ""))
        .distinct()
        .collect(Collectors.joining(","));
  }

  static boolean isPrf(String name) {
    return PRFS.contains(name);
  }

  static boolean isChain(String name) {
    return CHAINS.contains(name);
  }

  static String prfList() {
    return "Valid PBKDF PRF algorithms are: " + String.join(" ", PRFS) + " \n";
  }

  static String chainList() {
    return "Valid cipher chains are:\n" + String.join("\n", CHAINS) + "\n";
  }

  /** Returns the format of a volume whose hash has this name. */
  public static String formatOf(String prf) {
    return prf.endsWith(VERACRYPT) ? "VeraCrypt" : "TrueCrypt";
  }

  /** Returns the name of a hash as the library spells it, in a format. */
  public static String prf(String name, String format) {
    String plain = name.equals("whirlpool") ? name : name.toUpperCase(Locale.ROOT);
    return format.equals("VeraCrypt") ? plain + VERACRYPT : plain;
  }

  /**
   * Returns the name of a chain that VeraCrypt calls {@code AES-Twofish-Serpent}; empty if tcplay
   * has none, as for every mode but XTS.
   */
  public static Optional<String> chain(String name, String mode) {
    List<String> ciphers = new ArrayList<>();
    for (String cipher : name.split("-", -1)) {
      ciphers.add(cipher.toUpperCase(Locale.ROOT) + XTS);
    }
    Collections.reverse(ciphers);
    String chain = String.join(",", ciphers);
    return mode.equals("xts") && CHAINS.contains(chain) ? Optional.of(chain) : Optional.empty();
  }

  /** Returns the bits of the keys of such a chain, two of 256 for each cipher. */
  public static int keyBits(String name) {
    return name.split("-").length * 512;
  }
}
