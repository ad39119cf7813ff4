package dev.tcplay.crypto;

import dev.tcplay.crypto.kernel.BlockCipher;
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

  /**
   * The keys of one cipher, each {@link BlockCipher#keyBytes} long.
   *
   * @param cipher the cipher
   * @param key where the key begins that data are encrypted with
   * @param tweakKey where the key begins that tweaks are encrypted with, or {@link #NONE}
   */
  public record CipherKeys(BlockCipher cipher, int key, int tweakKey) {}

  /** Copies the list. */
  public KeyLayout {
    ciphers = List.copyOf(ciphers);
  }
}
