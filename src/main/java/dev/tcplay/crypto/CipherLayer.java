package dev.tcplay.crypto;

import dev.tcplay.crypto.KeyLayout.CipherKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One cipher of a chain, as a device of its own that stands on another one.
 *
 * @param spec the cipher by dm-crypt's name
 * @param key its key as {@link CipherSpec#cipher} takes it; whoever has the layer wipes it
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares layers.
public record CipherLayer(CipherSpec spec, byte[] key) {

  /**
   * Returns the layers of a volume for Linux's dm-crypt, the one that stands on the ciphertext
   * first: the cipher that encrypts last.
   *
   * @param keys holds a key area from index 0 on; the caller wipes it
   * @throws IllegalArgumentException if dm-crypt has no such ciphers, or cannot chain them
   */
  public static List<CipherLayer> ofLinux(CipherSuite suite, byte[] keys) {
    List<CipherKeys> ciphers = suite.mode().layout(suite.chain()).ciphers();
    if (suite.mode() == CipherMode.CBC && ciphers.size() > 1) {
      throw new IllegalArgumentException(
          "dm-crypt has no CBC of several ciphers: %s in %s"
              .formatted(
                  suite.chain().veraCryptName(), suite.mode().id().toUpperCase(Locale.ROOT)));
    }
    List<CipherSpec> specs =
        ciphers.stream().map(each -> CipherSpec.ofLinux(each.cipher(), suite.mode())).toList();
    List<CipherLayer> layers = new ArrayList<>();
    for (int i = ciphers.size() - 1; i >= 0; i--) {
      layers.add(new CipherLayer(specs.get(i), key(specs.get(i), ciphers.get(i), keys)));
    }
    return layers;
  }

  private static byte[] key(CipherSpec spec, CipherKeys place, byte[] keys) {
    int own = place.cipher().keyBytes();
    int rest = place.tweakKey() == KeyLayout.NONE ? 0 : place.tweakKey();
    byte[] key = Arrays.copyOfRange(keys, place.key(), place.key() + spec.keyBytes());
    System.arraycopy(keys, rest, key, own, key.length - own);
    return key;
  }
}
