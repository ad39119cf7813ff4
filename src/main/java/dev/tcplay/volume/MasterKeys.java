package dev.tcplay.volume;

import static java.util.stream.Collectors.joining;

import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.KeyLayout;
import dev.tcplay.crypto.KeyLayout.CipherKeys;
import java.security.SecureRandom;
import java.util.Arrays;

/** Makes the keys of new volumes. */
final class MasterKeys {

  private static final int ATTEMPTS = 8;

  private MasterKeys() {}

  /**
   * Returns a key area: random keys, of which no cipher's key equals its tweak key, and zeros after
   * them. The caller wipes it.
   *
   * @param areaBytes how long the key area is
   * @throws IllegalStateException if the random source gives equal keys again and again
   */
  static byte[] create(CipherSuite suite, int areaBytes, SecureRandom random) {
    KeyLayout layout = suite.mode().layout(suite.chain());
    byte[] keyArea = new byte[areaBytes];
    byte[] keys = new byte[layout.bytes()];
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        random.nextBytes(keys);
        if (layout.ciphers().stream().allMatch(cipher -> keysDiffer(cipher, keys, 0))) {
          System.arraycopy(keys, 0, keyArea, 0, keys.length);
          return keyArea;
        }
      }
    } finally {
      Arrays.fill(keys, (byte) 0);
    }
    throw new IllegalStateException("the random source repeats itself");
  }

  /**
   * Returns the ciphers of a suite whose key equals their tweak key, by name; empty if there is
   * none.
   *
   * @param offset where in {@code keys} the key area begins
   */
  static String weakCiphers(CipherSuite suite, byte[] keys, int offset) {
    return suite.mode().layout(suite.chain()).ciphers().stream()
        .filter(cipher -> !keysDiffer(cipher, keys, offset))
        .map(cipher -> cipher.cipher().displayName())
        .collect(joining(" and "));
  }

  private static boolean keysDiffer(CipherKeys at, byte[] keys, int offset) {
    int length = at.cipher().keyBytes();
    int key = offset + at.key();
    int tweakKey = offset + at.tweakKey();
    return at.tweakKey() == KeyLayout.NONE
        || !Arrays.equals(keys, key, key + length, keys, tweakKey, tweakKey + length);
  }
}
