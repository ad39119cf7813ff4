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

  /** What is done with the input of the key derivation. */
  private interface Work<T> {
    T with(byte[] password) throws InterruptedException, InsufficientMemoryException;
  }

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
    return work(
        format,
        secrets,
        name,
        password -> {
          List<byte[]> headers = new ArrayList<>();
          while (headers.size() < count) {
            headers.add(seal(plaintext, password));
          }
          return headers;
        });
  }

  /**
   * Returns the plaintext of a header that stands in a slot, rubbish under wrong secrets; the
   * caller wipes it.
   *
   * @param header as it was read; not changed
   * @throws IOException as {@link #seal(int, byte[], VolumeFormat, Secrets, String)} says
   */
  byte[] open(byte[] header, VolumeFormat format, Secrets secrets, String name) throws IOException {
    return work(
        format,
        secrets,
        name,
        password -> {
          byte[] key = key(password, Arrays.copyOf(header, saltBytes));
          try {
            return suite.decryptedHeader(key, header, saltBytes);
          } finally {
            Arrays.fill(key, (byte) 0);
          }
        });
  }

  private static <T> T work(VolumeFormat format, Secrets secrets, String name, Work<T> work)
      throws IOException {
    byte[] password = secrets.derivationInput(format);
    try {
      return work.with(password);
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
    byte[] key = key(password, salt);
    byte[] header = plaintext.clone();
    try {
      System.arraycopy(salt, 0, header, 0, salt.length);
      return suite.encryptedHeader(key, header, saltBytes);
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(header, (byte) 0);
    }
  }

  /** Derives the header key, which the caller wipes. */
  private byte[] key(byte[] password, byte[] salt)
      throws InterruptedException, InsufficientMemoryException {
    byte[] key = new byte[suite.keyBytes()];
    boolean derived = false;
    try (KeyDerivation derivation = kdf.start(password, salt)) {
      derivation.derive(key.length, key, 0);
      derived = true;
      return key;
    } finally {
      if (!derived) {
        Arrays.fill(key, (byte) 0);
      }
    }
  }
}
