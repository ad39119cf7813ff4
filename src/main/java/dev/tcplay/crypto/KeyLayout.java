package dev.tcplay.crypto;

import dev.tcplay.crypto.kernel.BlockCipher;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the keys of a chain lie in a key area, and in a derived header key, which begins alike. All
 * offsets are bytes from the start of the area. Immutable.
 *
 * @param bytes how many bytes of the area the chain uses, from its start
 * @param ciphers the keys of each cipher, in key order
 */
public record KeyLayout(int bytes, List<CipherKeys> ciphers) {

  /** The value of {@link CipherKeys#tweakKey} where a mode has no such key. */
  public static final int NONE = -1;

  /** Bytes before the keys of ciphers in LRW and CBC, of which the mode uses some. */
  static final int SEED_BYTES = 32;

  /**
   * The keys of one cipher, each {@link BlockCipher#keyBytes} long.
   *
   * @param cipher the cipher
   * @param key where the key begins that data are encrypted with
   * @param tweakKey where the key begins that tweaks are encrypted with, or {@link #NONE}
   */
  public record CipherKeys(BlockCipher cipher, int key, int tweakKey) {}

  /**
   * Returns the layout of LRW and CBC: a seed for tweaks or for initialization vectors, then the
   * keys of all ciphers in key order.
   */
  static KeyLayout seeded(CipherChain chain) {
    List<CipherKeys> keys = new ArrayList<>();
    int at = SEED_BYTES;
    for (BlockCipher cipher : chain.keyOrder()) {
      keys.add(new CipherKeys(cipher, at, NONE));
      at += cipher.keyBytes();
    }
    return new KeyLayout(at, keys);
  }

  /** Copies the list. */
  public KeyLayout {
    ciphers = List.copyOf(ciphers);
  }
}
