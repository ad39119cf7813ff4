package dev.tcplay.volume;

import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.kernel.BlockCipher;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Volumes that agree in their headers: in the fields, in the places, in the modes and chains of
 * header and data, and in the costs of the header key. All that opens, makes or changes a volume
 * asks its family, so a new generation of volumes is one more of these.
 *
 * @param format what users call it
 * @param codec the fields
 * @param layout the places of headers and data
 * @param suites modes and chains, those with the fewest key bytes first
 * @param costs the functions of the header key
 * @param minimumProgramVersion the program version that a new header demands, in the scale of the
 *     program
 */
record HeaderFamily(
    VolumeFormat format,
    HeaderCodec codec,
    VolumeLayout layout,
    List<CipherSuite> suites,
    KeyCosts costs,
    int minimumProgramVersion) {

  private static final Set<BlockCipher> TRUECRYPT_CIPHERS =
      EnumSet.of(BlockCipher.AES, BlockCipher.SERPENT, BlockCipher.TWOFISH);

  /** TrueCrypt 5 to 7: header versions 3 to 5. */
  static final HeaderFamily TRUECRYPT =
      new HeaderFamily(
          VolumeFormat.TRUECRYPT,
          new TrueCryptHeader(VolumeFormat.TRUECRYPT, 0x54525545),
          new TrueCryptLayout(3),
          xts(CipherMode.XTS.chains().stream().filter(HeaderFamily::isTrueCrypts).toList()),
          KeyCosts.TRUECRYPT,
          0x0700);

  /** VeraCrypt: header versions 4 and 5. */
  static final HeaderFamily VERACRYPT =
      new HeaderFamily(
          VolumeFormat.VERACRYPT,
          new TrueCryptHeader(VolumeFormat.VERACRYPT, 0x56455241),
          new TrueCryptLayout(4),
          xts(CipherMode.XTS.chains()),
          KeyCosts.VERACRYPT,
          0x010b);

  /** System drives of TrueCrypt 5 to 7. */
  static final HeaderFamily TRUECRYPT_SYSTEM =
      TRUECRYPT.withHeaders(new SystemLayout(), KeyCosts.TRUECRYPT_SYSTEM);

  /** System drives of VeraCrypt. */
  static final HeaderFamily VERACRYPT_SYSTEM =
      VERACRYPT.withHeaders(new SystemLayout(), KeyCosts.VERACRYPT_SYSTEM);

  private static final List<HeaderFamily> ALL = List.of(TRUECRYPT, VERACRYPT);

  private static final List<HeaderFamily> SYSTEM = List.of(TRUECRYPT_SYSTEM, VERACRYPT_SYSTEM);

  /** Copies the list. */
  HeaderFamily {
    suites = List.copyOf(suites);
  }

  /** Returns all families but those of system drives, those that cost least to try first. */
  static List<HeaderFamily> all() {
    return ALL;
  }

  /** Returns the families of system drives, those that cost least to try first. */
  static List<HeaderFamily> system() {
    return SYSTEM;
  }

  /** Returns the newest family of a format, of which new volumes are. */
  static HeaderFamily newest(VolumeFormat format) {
    return format == VolumeFormat.TRUECRYPT ? TRUECRYPT : VERACRYPT;
  }

  /**
   * Returns the suite of a chain.
   *
   * @throws IllegalArgumentException if the family has none
   */
  CipherSuite suite(CipherChain chain) {
    return suites.stream()
        .filter(suite -> suite.chain() == chain)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no volume is encrypted with " + chain));
  }

  /** Returns the family of the same headers in another place and at another cost. */
  private HeaderFamily withHeaders(VolumeLayout place, KeyCosts cost) {
    return new HeaderFamily(format, codec, place, suites, cost, minimumProgramVersion);
  }

  private static List<CipherSuite> xts(List<CipherChain> chains) {
    return chains.stream().map(chain -> new CipherSuite(CipherMode.XTS, chain)).toList();
  }

  private static boolean isTrueCrypts(CipherChain chain) {
    return TRUECRYPT_CIPHERS.containsAll(chain.keyOrder());
  }
}
