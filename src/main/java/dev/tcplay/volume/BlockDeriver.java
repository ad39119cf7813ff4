package dev.tcplay.volume;

import dev.tcplay.crypto.InsufficientMemoryException;
import dev.tcplay.crypto.KeyDerivation;
import java.util.Map;
import java.util.Objects;

/** Derives one output block of a header key: the unit of work when a volume is opened. */
@FunctionalInterface
interface BlockDeriver {

  /**
   * Stores {@link HeaderKdf#blockBytes} bytes.
   *
   * @param format decides how much of the password counts
   * @param index the block's number, from 0
   * @throws InterruptedException if the thread is interrupted
   * @throws InsufficientMemoryException if the heap cannot hold Argon2id
   */
  void derive(VolumeFormat format, HeaderKdf kdf, byte[] salt, int index, byte[] target, int offset)
      throws InterruptedException, InsufficientMemoryException;

  /** Returns the derivation from passwords, which must not change before the last block. */
  static BlockDeriver of(Map<VolumeFormat, byte[]> passwords) {
    return (format, kdf, salt, index, target, offset) -> {
      byte[] password = Objects.requireNonNull(passwords.get(format));
      try (KeyDerivation derivation = kdf.start(password, salt)) {
        derivation.deriveBlock(index, target, offset);
      }
    };
  }
}
