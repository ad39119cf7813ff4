package dev.tcplay.volume;

import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.InsufficientMemoryException;
import dev.tcplay.crypto.KeyDerivation;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
   * Returns headers as they stand in slots: one plaintext, a salt for each.
   *
   * @param count how many
   * @param plaintext the header with any salt; not changed
   * @param secrets what the key is derived from
   * @param name what exceptions call the volume
   * @throws java.io.InterruptedIOException if the thread is interrupted; its flag stays set
   * @throws IOException if a keyfile cannot be read, or the heap cannot hold Argon2id
   */
  List<byte[]> seal(int count, byte[] plaintext, VolumeFormat format, Secrets secrets, String name)
      throws IOException {
    byte[] password = secrets.derivationInput(format);
    try {
      List<byte[]> headers = new ArrayList<>();
      while (headers.size() < count) {
        headers.add(seal(plaintext, password));
      }
      return headers;
    } catch (InterruptedException e) {
      throw Interrupts.asIoException(e);
    } catch (InsufficientMemoryException e) {
      throw new FileSystemException(name, null, e.getMessage());
    } finally {
      Arrays.fill(password, (byte) 0);
    }
  }

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
