package dev.tcplay.crypto;

import static dev.tcplay.crypto.kernel.BlockCipher.AES;
import static dev.tcplay.crypto.kernel.BlockCipher.BLOWFISH;
import static dev.tcplay.crypto.kernel.BlockCipher.CAMELLIA;
import static dev.tcplay.crypto.kernel.BlockCipher.CAST5;
import static dev.tcplay.crypto.kernel.BlockCipher.KUZNYECHIK;
import static dev.tcplay.crypto.kernel.BlockCipher.SERPENT;
import static dev.tcplay.crypto.kernel.BlockCipher.TRIPLE_DES;
import static dev.tcplay.crypto.kernel.BlockCipher.TWOFISH;
import static java.util.stream.Collectors.joining;

import dev.tcplay.crypto.kernel.BlockCipher;
import dev.tcplay.words.NearestWord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One cipher, or a cascade of two or three, as VeraCrypt and TrueCrypt offer them. Immutable.
 *
 * <p>A cascade has two names that run opposite ways. VeraCrypt's, {@code AES-Twofish-Serpent} or
 * {@code AES(Twofish(Serpent))}, puts the cipher first that encrypts last. tcplay's, {@code
 * SERPENT-256-XTS,TWOFISH-256-XTS,AES-256-XTS}, follows the order of the keys, which is the order
 * of encryption. Commas mark tcplay's.
 */
public final class CipherChain {

  private static final Set<BlockCipher> VERACRYPTS = EnumSet.of(CAMELLIA, KUZNYECHIK);

  private static final List<CipherChain> ALL =
      List.of(
          inKeyOrder(CAST5),
          inKeyOrder(TRIPLE_DES),
          inKeyOrder(AES),
          inKeyOrder(SERPENT),
          inKeyOrder(TWOFISH),
          inKeyOrder(CAMELLIA),
          inKeyOrder(KUZNYECHIK),
          inKeyOrder(BLOWFISH),
          inKeyOrder(TWOFISH, AES),
          inKeyOrder(AES, SERPENT),
          inKeyOrder(SERPENT, TWOFISH),
          inKeyOrder(KUZNYECHIK, CAMELLIA),
          inKeyOrder(SERPENT, CAMELLIA),
          inKeyOrder(AES, KUZNYECHIK),
          inKeyOrder(TWOFISH, KUZNYECHIK),
          inKeyOrder(BLOWFISH, AES),
          inKeyOrder(SERPENT, TWOFISH, AES),
          inKeyOrder(AES, TWOFISH, SERPENT),
          inKeyOrder(CAMELLIA, SERPENT, KUZNYECHIK),
          inKeyOrder(SERPENT, BLOWFISH, AES));

  private final List<BlockCipher> keyOrder;

  private CipherChain(List<BlockCipher> keyOrder) {
    this.keyOrder = keyOrder;
  }

  private static CipherChain inKeyOrder(BlockCipher... ciphers) {
    return new CipherChain(List.of(ciphers));
  }

  /**
   * Returns the chains of all modes in trial order: the fewer key bytes a chain needs, the earlier.
   */
  public static List<CipherChain> all() {
    return ALL;
  }

  /**
   * Returns the chain of a name in any case: VeraCrypt's, with dashes or parentheses, or tcplay's,
   * which has commas. Each cipher may be spelled as {@link BlockCipher#find} reads it.
   *
   * @throws IllegalArgumentException if the name is that of no chain
   */
  public static CipherChain parse(String name) {
    List<BlockCipher> named = keyOrderOf(name).orElseThrow(() -> unknown(name));
    return ALL.stream()
        .filter(chain -> chain.keyOrder.equals(named))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private static Optional<List<BlockCipher>> keyOrderOf(String name) {
    if (name.contains(",")) {
      return ciphers(name.split(",", -1));
    }
    Optional<BlockCipher> single = BlockCipher.find(name); // whose spelling may contain dashes
    if (single.isPresent()) {
      return single.map(cipher -> List.of(cipher));
    }
    Optional<List<BlockCipher>> lastFirst = ciphers(withoutParentheses(name).split("-", -1));
    lastFirst.ifPresent(Collections::reverse);
    return lastFirst;
  }

  /** Returns {@code AES-Twofish-Serpent} for {@code AES(Twofish(Serpent))}. */
  private static String withoutParentheses(String name) {
    String open = name.replaceAll("\\)+$", "");
    boolean balanced = open.chars().filter(c -> c == '(').count() == name.length() - open.length();
    return balanced ? open.replace('(', '-') : name;
  }

  private static Optional<List<BlockCipher>> ciphers(String[] names) {
    List<BlockCipher> ciphers = new ArrayList<>();
    for (String name : names) {
      Optional<BlockCipher> cipher = BlockCipher.find(name);
      if (cipher.isEmpty()) {
        return Optional.empty();
      }
      ciphers.add(cipher.get());
    }
    return Optional.of(ciphers);
  }

  private static IllegalArgumentException unknown(String name) {
    List<String> known = ALL.stream().map(CipherChain::veraCryptName).toList();
    return new IllegalArgumentException(
        "unknown cipher chain '%s'%s; known are %s, or the same by key order, such as %s"
            .formatted(
                name,
                NearestWord.hint(name, known),
                String.join(", ", known),
                inKeyOrder(TWOFISH, AES).tcplayName()));
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

  /**
   * Returns tcplay's name: the cipher that encrypts first comes first. Each ends in its key bits
   * and a mode: XTS, or CBC for a chain that has no XTS.
   */
  public String tcplayName() {
    String mode = hasBlocksOf(BlockCipher.BLOCK_BYTES) ? "-XTS" : "-CBC";
    return keyOrder.stream()
        .map(cipher -> cipher.name() + "-" + cipher.keyBits() + mode)
        .collect(joining(","));
  }

  /** Returns whether all ciphers have blocks of so many bytes. */
  boolean hasBlocksOf(int bytes) {
    return keyOrder.stream().allMatch(cipher -> cipher.blockBytes() == bytes);
  }

  /** Returns whether all ciphers are those of TrueCrypt, of any of its versions. */
  public boolean isTrueCrypts() {
    return Collections.disjoint(keyOrder, VERACRYPTS);
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
