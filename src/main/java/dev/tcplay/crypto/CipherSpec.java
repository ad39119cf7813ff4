package dev.tcplay.crypto;

import dev.tcplay.crypto.kernel.BlockCipher;
import dev.tcplay.crypto.kernel.CbcWorker;
import dev.tcplay.crypto.kernel.Kernels;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One cipher in one mode by the name that tables of dm-crypt have for it: {@code aes-xts-plain64},
 * {@code serpent-lrw-benbi}, {@code aes-cbc-essiv:sha256}, or {@code capi:xts(aes)-plain64}. The
 * modes are {@code xts} with {@code plain64} or {@code plain}, {@code lrw} with {@code benbi}, and
 * {@code cbc} with {@code plain64}, {@code plain}, {@code essiv} or {@code tcw}. Immutable.
 *
 * <p>The ciphers are Linux's {@code aes}, {@code serpent}, {@code twofish}, {@code camellia},
 * {@code cast5} and {@code des3_ede}, and two that it has not: {@code kuznyechik}, and {@code
 * blowfish_le}, which is TrueCrypt's.
 */
public final class CipherSpec {

  private static final Map<String, BlockCipher> CIPHERS =
      Map.of(
          "aes", BlockCipher.AES,
          "serpent", BlockCipher.SERPENT,
          "twofish", BlockCipher.TWOFISH,
          "camellia", BlockCipher.CAMELLIA,
          "cast5", BlockCipher.CAST5,
          "des3_ede", BlockCipher.TRIPLE_DES,
          "kuznyechik", BlockCipher.KUZNYECHIK,
          "blowfish_le", BlockCipher.BLOWFISH);

  /** The hashes of essiv, and the names by which the JDK knows them. */
  private static final Map<String, String> HASHES =
      Map.of(
          "md5", "MD5",
          "sha1", "SHA-1",
          "sha256", "SHA-256",
          "sha384", "SHA-384",
          "sha512", "SHA-512");

  private static final Pattern PLAIN = Pattern.compile("([^-:()]+)-([^-:]+)-([^-:]+)(?::(.+))?");
  private static final Pattern KERNELS =
      Pattern.compile("capi:([^-:()]+)\\(([^-:()]+)\\)-([^-:]+)(?::(.+))?");

  private static final int WHITENING_BYTES = 16;

  private final String text;
  private final BlockCipher cipher;
  private final String mode;
  private final String vectors;
  private final @Nullable String hash;

  private CipherSpec(
      String text, BlockCipher cipher, String mode, String vectors, @Nullable String hash) {
    this.text = text;
    this.cipher = cipher;
    this.mode = mode;
    this.vectors = vectors;
    this.hash = hash;
  }

  /**
   * Returns the cipher of a name.
   *
   * @throws IllegalArgumentException if it is none, or one that there is not here; it says what of
   *     the name is unknown
   */
  public static CipherSpec parse(String text) {
    Matcher kernels = KERNELS.matcher(text);
    Matcher plain = PLAIN.matcher(text);
    if (kernels.matches()) {
      return of(text, kernels.group(2), kernels.group(1), kernels.group(3), kernels.group(4));
    } else if (plain.matches()) {
      return of(text, plain.group(1), plain.group(2), plain.group(3), plain.group(4));
    }
    throw new IllegalArgumentException(
        "cipher '" + text + "' is not CIPHER-MODE-IV, such as aes-xts-plain64");
  }

  private static CipherSpec of(
      String text, String cipherName, String mode, String vectors, @Nullable String hash) {
    BlockCipher cipher = CIPHERS.get(cipherName);
    if (cipher == null) {
      throw new IllegalArgumentException(
          "cipher '%s' of '%s' is unknown here; known are %s"
              .formatted(cipherName, text, CIPHERS.keySet().stream().sorted().toList()));
    }
    boolean known =
        switch (mode + "-" + vectors) {
          case "xts-plain64", "xts-plain" -> cipher.blockBytes() == BlockCipher.BLOCK_BYTES;
          case "lrw-benbi", "cbc-tcw", "cbc-plain64", "cbc-plain", "cbc-essiv" -> true;
          default -> false;
        };
    if (!known) {
      throw new IllegalArgumentException(
          "mode '%s-%s' of '%s' is unknown here, or not one of its cipher"
              .formatted(mode, vectors, text));
    }
    Kernels.missing(cipher)
        .ifPresent(
            missing -> {
              throw new IllegalArgumentException("cipher of '%s': %s".formatted(text, missing));
            });
    CipherSpec spec = new CipherSpec(text, cipher, mode, vectors, hash);
    spec.checkHash();
    return spec;
  }

  private void checkHash() {
    if (!vectors.equals("essiv")) {
      if (hash != null) {
        throw new IllegalArgumentException(
            "'%s' of '%s' takes no ':%s'".formatted(vectors, text, hash));
      }
      return;
    }
    if (hash == null || !HASHES.containsKey(hash)) {
      throw new IllegalArgumentException(
          "hash of essiv in '%s' must be one of %s"
              .formatted(text, HASHES.keySet().stream().sorted().toList()));
    }
    int bytes = digest().getDigestLength();
    if (bytes != cipher.keyBytes()) {
      throw new IllegalArgumentException(
          "hash of essiv in '%s' makes a key of %d bytes, and its cipher takes %d"
              .formatted(text, bytes, cipher.keyBytes()));
    }
  }

  private MessageDigest digest() {
    try {
      return MessageDigest.getInstance(HASHES.getOrDefault(String.valueOf(hash), ""));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException("hash of essiv in '" + text + "' is not in this Java", e);
    }
  }

  /**
   * Returns a cipher of a volume by itself, with the vectors of its mode.
   *
   * @throws IllegalArgumentException if Linux has no such cipher in that mode
   */
  static CipherSpec ofLinux(BlockCipher cipher, CipherMode mode) {
    String name =
        CIPHERS.entrySet().stream()
            .filter(entry -> entry.getValue() == cipher)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    boolean unknown = cipher == BlockCipher.KUZNYECHIK || cipher == BlockCipher.BLOWFISH;
    boolean shortBlocks = cipher.blockBytes() != BlockCipher.BLOCK_BYTES;
    if (unknown || (shortBlocks && mode != CipherMode.CBC)) {
      throw new IllegalArgumentException(
          "dm-crypt has no %s in %s"
              .formatted(cipher.displayName(), mode.id().toUpperCase(Locale.ROOT)));
    }
    return parse(name + "-" + mode.id() + "-" + mode.tweak());
  }

  /** Returns how many bytes of key it takes. */
  public int keyBytes() {
    return switch (vectors) {
      case "benbi" -> cipher.keyBytes() + cipher.blockBytes();
      case "tcw" -> cipher.keyBytes() + cipher.blockBytes() + WHITENING_BYTES;
      default -> mode.equals("xts") ? 2 * cipher.keyBytes() : cipher.keyBytes();
    };
  }

  /**
   * Returns the keyed cipher.
   *
   * @param key as dm-crypt has it: the cipher's key first; then in XTS the tweak's, in LRW the
   *     tweak's, for tcw the seed of vectors and that of whitening. The caller wipes it
   * @throws IllegalArgumentException if the key is not {@link #keyBytes} long
   */
  public DataUnitCipher cipher(byte[] key) {
    if (key.length != keyBytes()) {
      throw new IllegalArgumentException(
          "key has %d bytes, and %s takes %d".formatted(key.length, text, keyBytes()));
    }
    CipherChain chain = CipherChain.parse(cipher.displayName());
    return switch (mode + "-" + vectors) {
      case "xts-plain64" -> CipherMode.XTS.dataCipher(chain, key, 0);
      case "xts-plain" -> new NarrowUnits(CipherMode.XTS.dataCipher(chain, key, 0));
      case "lrw-benbi" -> seeded(CipherMode.LRW, chain, key);
      case "cbc-tcw" -> seeded(CipherMode.CBC, chain, key);
      case "cbc-essiv" -> essiv(key);
      case "cbc-plain" -> new NarrowUnits(numbered(key));
      default -> numbered(key);
    };
  }

  private DataUnitCipher numbered(byte[] key) {
    return new PooledCipher(key, 0, key.length, copy -> CbcWorker.ofNumberedUnits(cipher, copy));
  }

  private DataUnitCipher essiv(byte[] key) {
    byte[] hashed = digest().digest(key);
    byte[] both = Arrays.copyOf(key, key.length + hashed.length);
    try {
      System.arraycopy(hashed, 0, both, key.length, hashed.length);
      return new PooledCipher(
          both, 0, both.length, copy -> CbcWorker.ofEncryptedNumbers(cipher, copy));
    } finally {
      Arrays.fill(hashed, (byte) 0);
      Arrays.fill(both, (byte) 0);
    }
  }

  /** A volume has the seed before the cipher's key, and a table behind it. */
  private DataUnitCipher seeded(CipherMode seeds, CipherChain chain, byte[] key) {
    byte[] area = new byte[KeyLayout.SEED_BYTES + cipher.keyBytes()];
    try {
      System.arraycopy(key, cipher.keyBytes(), area, 0, key.length - cipher.keyBytes());
      System.arraycopy(key, 0, area, KeyLayout.SEED_BYTES, cipher.keyBytes());
      return seeds.dataCipher(chain, area, 0);
    } finally {
      Arrays.fill(area, (byte) 0);
    }
  }

  /** Returns the name. */
  @Override
  public String toString() {
    return text;
  }
}
