package dev.tcplay.volume;

import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.InsufficientMemoryException;
import dev.tcplay.crypto.KeyDerivation;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Encrypts headers under a password, each with a salt of its own.
 *
 * @param kdf how the header key is made
 * @param chain the ciphers of header and data
 * @param mode the mode of both
 * @param random where salts come from
 */
record HeaderSealer(HeaderKdf kdf, CipherChain chain, Mode mode, SecureRandom random) {

  /**
   * Returns a header as it stands in a slot.
   *
   * @param plaintext the header with any salt; not changed
   * @param password input of the key derivation; not changed
   * @throws InterruptedException if the thread is interrupted
   * @throws InsufficientMemoryException if the heap cannot hold Argon2id
   */
  byte[] seal(byte[] plaintext, byte[] password)
      throws InterruptedException, InsufficientMemoryException {
    byte[] salt = new byte[HeaderCodec.SALT_BYTES];
    random.nextBytes(salt);
    byte[] header = plaintext.clone();
    byte[] key = new byte[mode.keyBytes(chain)];
    try (KeyDerivation derivation = kdf.start(password, salt)) {
      derivation.derive(key.length, key, 0);
      System.arraycopy(salt, 0, header, 0, salt.length);
      return mode.encryptHeader(chain, key, header);
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(header, (byte) 0);
    }
  }
}
