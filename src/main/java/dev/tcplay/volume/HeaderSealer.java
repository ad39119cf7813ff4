package dev.tcplay.volume;

import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.InsufficientMemoryException;
import dev.tcplay.crypto.KeyDerivation;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Encrypts headers under a password, each with a salt of its own.
 *
 * @param kdf how the header key is made
 * @param suite mode and chain of header and data
 * @param saltBytes bytes of salt at the start of a header
 * @param random where salts come from
 */
record HeaderSealer(HeaderKdf kdf, CipherSuite suite, int saltBytes, SecureRandom random) {

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
    byte[] salt = new byte[saltBytes];
    random.nextBytes(salt);
    byte[] header = plaintext.clone();
    byte[] key = new byte[suite.keyBytes()];
    try (KeyDerivation derivation = kdf.start(password, salt)) {
      derivation.derive(key.length, key, 0);
      System.arraycopy(salt, 0, header, 0, salt.length);
      return suite.encryptedHeader(key, header, saltBytes);
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(header, (byte) 0);
    }
  }
}
