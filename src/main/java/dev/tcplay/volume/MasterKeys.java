package dev.tcplay.volume;

import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.kernel.BlockCipher;
import java.security.SecureRandom;
import java.util.Arrays;

/** Makes the keys of new volumes. */
final class MasterKeys {

  private static final int ATTEMPTS = 8;

  private MasterKeys() {}

  /**
   * Returns a key area: random keys for XTS, of which no primary key equals its tweak key, and
   * zeros after them. The caller wipes it.
   *
   * @throws IllegalStateException if the random source gives equal keys again and again
   */
  static byte[] create(CipherChain chain, SecureRandom random) {
    byte[] keyArea = new byte[HeaderCodec.KEY_AREA_BYTES];
    byte[] keys = new byte[Mode.XTS.keyBytes(chain)];
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        random.nextBytes(keys);
        if (halvesDiffer(chain, keys)) {
          System.arraycopy(keys, 0, keyArea, 0, keys.length);
          return keyArea;
        }
      }
    } finally {
      Arrays.fill(keys, (byte) 0);
    }
    throw new IllegalStateException("the random source repeats itself");
  }

  private static boolean halvesDiffer(CipherChain chain, byte[] keys) {
    int tweak = chain.keyBytes();
    int at = 0;
    for (BlockCipher each : chain.keyOrder()) {
      int end = at + each.keyBytes();
      if (Arrays.equals(keys, at, end, keys, tweak + at, tweak + end)) {
        return false;
      }
      at = end;
    }
    return true;
  }
}
