package dev.tcplay.volume;

import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.CipherSuite;
import java.util.List;
import java.util.stream.Stream;

/**
 * Volumes that agree in their headers: in the fields, in the places, in the modes and chains of
 * header and data, and in the costs of the header key. All that opens, makes or changes a volume
 * asks its family, so a new generation of volumes is one more of these.
 *
 * @param format what users call it
 * @param codec the fields
 * @param layout the places of headers and data
 * @param suites modes and chains
 * @param costs the functions of the header key
 * @param minimumProgramVersion the program version that a new header of the newest version demands,
 *     in the scale of the program
 */
record HeaderFamily(
    VolumeFormat format,
    HeaderCodec codec,
    VolumeLayout layout,
    List<CipherSuite> suites,
    KeyCosts costs,
    int minimumProgramVersion) {

  private static final HeaderCodec TRUECRYPT_HEADER =
      new TrueCryptHeader(VolumeFormat.TRUECRYPT, 0x54525545);

  /** TrueCrypt 5 to 7: header versions 3 to 5. */
  static final HeaderFamily TRUECRYPT =
      new HeaderFamily(
          VolumeFormat.TRUECRYPT,
          TRUECRYPT_HEADER,
          new TrueCryptLayout(3, 5),
          suites(CipherMode.XTS).filter(suite -> suite.chain().isTrueCrypts()).toList(),
          KeyCosts.TRUECRYPT,
          0x0700);

  /** TrueCrypt 1 to 4: header versions 1 and 2. */
  static final HeaderFamily TRUECRYPT_1_TO_4 =
      new HeaderFamily(
          VolumeFormat.TRUECRYPT,
          TRUECRYPT_HEADER,
          new TrueCryptLayout(1, 2),
          Stream.of(CipherMode.LRW, CipherMode.CBC).flatMap(HeaderFamily::suites).toList(),
          KeyCosts.TRUECRYPT_1_TO_4,
          0x0410);

  /** VeraCrypt: header versions 4 and 5. */
  static final HeaderFamily VERACRYPT =
      new HeaderFamily(
          VolumeFormat.VERACRYPT,
          new TrueCryptHeader(VolumeFormat.VERACRYPT, 0x56455241),
          new TrueCryptLayout(4, 5),
          suites(CipherMode.XTS).toList(),
          KeyCosts.VERACRYPT,
          0x010b);

  /** System drives of TrueCrypt 5 to 7. */
  static final HeaderFamily TRUECRYPT_SYSTEM =
      TRUECRYPT.withHeaders(new SystemLayout(), KeyCosts.TRUECRYPT_SYSTEM);

  /** System drives of VeraCrypt. */
  static final HeaderFamily VERACRYPT_SYSTEM =
      VERACRYPT.withHeaders(new SystemLayout(), KeyCosts.VERACRYPT_SYSTEM);

  private static final List<HeaderFamily> SYSTEM = List.of(TRUECRYPT_SYSTEM, VERACRYPT_SYSTEM);

  private static final List<HeaderFamily> ALL = List.of(TRUECRYPT, TRUECRYPT_1_TO_4, VERACRYPT);

  /** Copies the list. */
  HeaderFamily {
    suites = List.copyOf(suites);
  }

  /** Returns the families of system drives, those that cost least to try first. */
  static List<HeaderFamily> system() {
    return SYSTEM;
  }

  /** Returns all families but those of system drives, those that cost least to try first. */
  static List<HeaderFamily> all() {
    return ALL;
  }

  /** Returns the families of a format, in the same order. */
  static List<HeaderFamily> of(VolumeFormat format) {
    return ALL.stream().filter(family -> family.format() == format).toList();
  }

  /**
   * Returns the suite of a chain in a mode.
   *
   * @throws IllegalArgumentException if the family has none
   */
  CipherSuite suite(CipherMode mode, CipherChain chain) {
    return suites.stream()
        .filter(suite -> suite.mode() == mode && suite.chain() == chain)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no such volume is encrypted by " + new CipherSuite(mode, chain)));
  }

  /** Returns the cipher chains that volumes use in a mode, in the order of the suites. */
  List<CipherChain> chains(CipherMode mode) {
    return suites.stream().filter(suite -> suite.mode() == mode).map(CipherSuite::chain).toList();
  }

  /** Returns the family of the same headers in another place and at another cost. */
  private HeaderFamily withHeaders(VolumeLayout place, KeyCosts cost) {
    return new HeaderFamily(format, codec, place, suites, cost, minimumProgramVersion);
  }

  private static Stream<CipherSuite> suites(CipherMode mode) {
    return mode.chains().stream().map(chain -> new CipherSuite(mode, chain));
  }
}
