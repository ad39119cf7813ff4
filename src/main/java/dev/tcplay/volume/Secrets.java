package dev.tcplay.volume;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A password and the keyfiles to mix into it. Owns its bytes: {@link #close} wipes them. Not safe
 * for use while it is closed.
 */
final class Secrets implements AutoCloseable {

  private byte[] password = new byte[0];
  private final List<Keyfile> keyfiles = new ArrayList<>();
  private boolean closed;

  /** Sets a copy of a password; {@link #fit} judges its length. */
  void setPassword(byte[] bytes) {
    Arrays.fill(password, (byte) 0);
    password = bytes.clone();
  }

  /** Adds a keyfile, which is owned from now on. */
  void add(Keyfile keyfile) {
    keyfiles.add(keyfile);
  }

  /** Throws if there is a keyfile without bytes. */
  void check() {
    Arguments.demand(
        keyfiles.stream().noneMatch(Keyfile::isEmpty),
        "keyfiles: expected at least one byte in each");
  }

  /** Returns whether there is nothing to make a key from: an empty password and no keyfile. */
  boolean isEmpty() {
    return password.length == 0 && keyfiles.isEmpty();
  }

  /** Returns whether a format takes a password of this length. */
  boolean fit(VolumeFormat format) {
    return password.length <= format.maximumPasswordBytes();
  }

  /**
   * Throws unless a format takes a password of this length.
   *
   * @throws IllegalArgumentException naming the longest that it takes
   */
  void checkFit(VolumeFormat format) {
    Arguments.demand(
        fit(format),
        "password: expected at most %d bytes for %s"
            .formatted(format.maximumPasswordBytes(), format.displayName()));
  }

  /**
   * Returns what the key derivation of a format takes: the password, cut to the length that the
   * format takes, or the pool that the keyfiles were mixed into. The caller wipes it.
   *
   * @throws java.nio.file.FileSystemException if a keyfile is missing or empty
   * @throws IllegalStateException if the secrets are wiped, and a key would be one of zeros
   */
  byte[] derivationInput(VolumeFormat format) throws IOException {
    if (closed) {
      throw new IllegalStateException("password and keyfiles are wiped");
    }
    byte[] taken =
        Arrays.copyOf(password, Math.min(password.length, format.maximumPasswordBytes()));
    if (keyfiles.isEmpty()) {
      return taken;
    }
    try (KeyfilePool pool = new KeyfilePool(taken)) {
      for (Keyfile keyfile : keyfiles) {
        keyfile.mixInto(pool);
      }
      return pool.toPassword();
    } finally {
      Arrays.fill(taken, (byte) 0);
    }
  }

  @Override
  public void close() {
    closed = true;
    Arrays.fill(password, (byte) 0);
    keyfiles.forEach(Keyfile::close);
  }
}
