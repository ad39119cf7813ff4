package dev.tcplay.volume;

import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.kernel.BlockCipher;
import dev.tcplay.crypto.kernel.Prf;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The two families of volumes, and what each accepts. */
public enum VolumeFormat {
  /** TrueCrypt 5 to 7, whose volumes are in XTS mode. */
  TRUECRYPT("TrueCrypt", 0x54525545, 0x0700, 64),

  /** VeraCrypt 1.x. */
  VERACRYPT("VeraCrypt", 0x56455241, 0x010b, 128);

  private static final List<Prf> TRUECRYPT_PRFS = List.of(Prf.SHA512, Prf.WHIRLPOOL, Prf.RIPEMD160);

  private static final List<Prf> VERACRYPT_PRFS =
      List.of(
          Prf.SHA512,
          Prf.SHA256,
          Prf.BLAKE2S,
          Prf.WHIRLPOOL,
          Prf.RIPEMD160,
          Prf.STREEBOG,
          Prf.ARGON2ID);

  private static final Set<BlockCipher> TRUECRYPT_CIPHERS =
      EnumSet.of(BlockCipher.AES, BlockCipher.SERPENT, BlockCipher.TWOFISH);

  private final String displayName;
  private final int signature;
  private final int minimumProgramVersion;
  private final int maximumPasswordBytes;

  VolumeFormat(
      String displayName, int signature, int minimumProgramVersion, int maximumPasswordBytes) {
    this.displayName = displayName;
    this.signature = signature;
    this.minimumProgramVersion = minimumProgramVersion;
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

  /** Returns the four bytes that a decrypted header begins with: TRUE or VERA in ASCII. */
  int signature() {
    return signature;
  }

  /** Returns the program version that a new header demands, in the scale of the program. */
  int minimumProgramVersion() {
    return minimumProgramVersion;
  }

  /** Returns the longest password, in bytes, that the format takes. */
  int maximumPasswordBytes() {
    return maximumPasswordBytes;
  }

  /** Returns the functions of the header key: SHA-512, the default, then the cheapest first. */
  List<Prf> prfs() {
    return this == TRUECRYPT ? TRUECRYPT_PRFS : VERACRYPT_PRFS;
  }

  /** Returns the cipher chains, those with the fewest key bytes first. */
  List<CipherChain> chains() {
    return CipherChain.all().stream().filter(this::has).toList();
  }

  private boolean has(CipherChain chain) {
    return this == VERACRYPT || TRUECRYPT_CIPHERS.containsAll(chain.keyOrder());
  }
}
