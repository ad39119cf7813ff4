package dev.tcplay.model;

import java.io.IOException;

/** Does something with the master key of a volume. */
@FunctionalInterface
public interface VolumeKeyUser {

  /**
   * Uses the key.
   *
   * @param volume the facts of the volume
   * @param key the keys of the data as they lie in the header: in XTS first those that encrypt
   *     data, one for each cipher in key order, then those of the tweaks likewise; in LRW and CBC
   *     32 bytes of seed, then the keys of the ciphers. It is wiped when this method returns
   * @throws IOException if it cannot be used
   */
  void use(VolumeInfo volume, byte[] key) throws IOException;
}
