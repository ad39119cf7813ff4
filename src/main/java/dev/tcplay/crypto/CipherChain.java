package dev.tcplay.crypto;

import static dev.tcplay.crypto.kernel.BlockCipher.AES;
import static dev.tcplay.crypto.kernel.BlockCipher.CAMELLIA;
import static dev.tcplay.crypto.kernel.BlockCipher.KUZNYECHIK;
import static dev.tcplay.crypto.kernel.BlockCipher.SERPENT;
import static dev.tcplay.crypto.kernel.BlockCipher.TWOFISH;
import static java.util.stream.Collectors.joining;

import dev.tcplay.crypto.kernel.BlockCipher;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One cipher, or a cascade of two or three, as VeraCrypt offers them. Immutable.
 *
 * <p>A cascade has two names that run opposite ways. VeraCrypt's, {@code AES-Twofish-Serpent}, puts
 * the cipher first that encrypts last. tcplay's, {@code
 * SERPENT-256-XTS,TWOFISH-256-XTS,AES-256-XTS}, follows the order of the keys, which is the order
 * of encryption. A comma or the suffix {@code -256-XTS} marks tcplay's.
 */
public final class CipherChain {

  private static final String TCPLAY_SUFFIX = "-256-XTS";

  private static final List<CipherChain> ALL =
      List.of(
          inKeyOrder(AES),
          inKeyOrder(SERPENT),
          inKeyOrder(TWOFISH),
          inKeyOrder(CAMELLIA),
          inKeyOrder(KUZNYECHIK),
          inKeyOrder(TWOFISH, AES),
          inKeyOrder(AES, SERPENT),
          inKeyOrder(SERPENT, TWOFISH),
          inKeyOrder(KUZNYECHIK, CAMELLIA),
          inKeyOrder(SERPENT, CAMELLIA),
          inKeyOrder(AES, KUZNYECHIK),
          inKeyOrder(TWOFISH, KUZNYECHIK),
          inKeyOrder(SERPENT, TWOFISH, AES),
          inKeyOrder(AES, TWOFISH, SERPENT),
          inKeyOrder(CAMELLIA, SERPENT, KUZNYECHIK));

  private final List<BlockCipher> keyOrder;

  private CipherChain(List<BlockCipher> keyOrder) {
    this.keyOrder = keyOrder;
  }

  private static CipherChain inKeyOrder(BlockCipher... ciphers) {
    return new CipherChain(List.of(ciphers));
  }

  /**
   * Returns VeraCrypt's 15 chains in trial order: the fewer key bytes a chain needs, the earlier.
   */
  public static List<CipherChain> all() {
    return ALL;
  }

  /**
   * Returns the chain of a name, VeraCrypt's or tcplay's; case is ignored.
   *
   * @throws IllegalArgumentException if the name is that of none of the 15 chains
   */
  public static CipherChain parse(String name) {
    return ALL.stream()
        .filter(
            chain ->
                chain.veraCryptName().equalsIgnoreCase(name)
                    || chain.tcplayName().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private static IllegalArgumentException unknown(String name) {
    String known = ALL.stream().map(CipherChain::veraCryptName).collect(joining(", "));
    return new IllegalArgumentException(
        "unknown cipher chain '%s'; known are %s, or the same by key order, such as %s"
            .formatted(name, known, inKeyOrder(TWOFISH, AES).tcplayName()));
  }

  /** Returns the ciphers in the order of their keys, which is the order of encryption. */
  public List<BlockCipher> keyOrder() {
    return keyOrder;
  }

  /** Returns VeraCrypt's name: the cipher that encrypts last comes first. */
  public String veraCryptName() {
    int last = keyOrder.size() - 1;
    return IntStream.rangeClosed(0, last)
        .mapToObj(i -> keyOrder.get(last - i).displayName())
        .collect(joining("-"));
  }

  /** Returns tcplay's name: the cipher that encrypts first comes first. */
  public String tcplayName() {
    return keyOrder.stream().map(cipher -> cipher.name() + TCPLAY_SUFFIX).collect(joining(","));
  }

  /** Returns the sum of the ciphers' key bytes; XTS takes twice as many, primary and tweak keys. */
  public int keyBytes() {
    return keyOrder.stream().mapToInt(BlockCipher::keyBytes).sum();
  }

  /** Returns {@link #veraCryptName}. */
  @Override
  public String toString() {
    return veraCryptName();
  }
}
