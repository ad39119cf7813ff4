package dev.tcplay.volume;

import dev.tcplay.block.host.FileDevice;
import dev.tcplay.model.Keys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What keys give to the derivation of a header key. Borrows the secrets of the keys; a password
 * that it has read from a file itself it wipes when closed.
 */
final class Secrets implements AutoCloseable {

  private static final int LONGEST_OF_SYSTEMS = 64;

  private final Keys keys;
  private final @Nullable Keys read;
  private final List<Keyfile> keyfiles = new ArrayList<>();

  private Secrets(Keys keys, @Nullable Keys read) {
    this.keys = keys;
    this.read = read;
    keys.keyfiles().forEach(file -> keyfiles.add(new Keyfile.OnDisk(file)));
    keys.keyfileContents().forEach(contents -> keyfiles.add(new Keyfile.InMemory(contents)));
    keys.keyfileSources().forEach(source -> keyfiles.add(new Keyfile.Supplied(source)));
  }

  /**
   * Returns the secrets of keys, which stay the caller's and open as long as these.
   *
   * @throws IllegalArgumentException if a keyfile has no bytes
   * @throws IOException if the file of the password cannot be read
   */
  static Secrets of(Keys keys) throws IOException {
    Arguments.demand(
        keys.keyfileContents().stream().noneMatch(contents -> contents.length == 0),
        "keyfiles: expected at least one byte in each");
    Optional<Path> file = keys.passwordFile();
    return new Secrets(keys, file.isPresent() ? firstLine(file.get()) : null);
  }

  private static Keys firstLine(Path file) throws IOException {
    // By our devices: the file may be a container that is open.
    try (InputStream stream = FileDevice.newInputStream(file)) {
      return Keys.ofFirstLine(stream);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      FileSystemException named = new FileSystemException(file.toString(), null, e.getMessage());
      named.initCause(e);
      throw named;
    }
  }

  /**
   * Returns the same secrets with the password in ISO-8859-1, which the caller closes; empty if it
   * is the same as in UTF-8, or cannot be.
   */
  Optional<Secrets> inLatin1() {
    byte[] password = password();
    byte[] latin1 = Latin1.isAscii(password) ? null : Latin1.of(password);
    if (latin1 == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Secrets(keys, Keys.of(latin1)));
    } finally {
      Arrays.fill(latin1, (byte) 0);
    }
  }

  /** Returns whether the password holds characters outside of ASCII. */
  boolean areBeyondAscii() {
    return !Latin1.isAscii(password());
  }

  /**
   * Returns keys with the same secrets, a hash and a PIM, and no other hint; the caller closes
   * them. A password that was read from a file is not read again.
   */
  Keys keys(String hash, int pim) {
    Keys.Builder same = Keys.builder().password(password()).hash(hash).pim(pim);
    keys.keyfiles().forEach(same::keyfile);
    keys.keyfileContents().forEach(same::keyfile);
    keys.keyfileSources().forEach(source -> same.keyfile(source.name(), source.reader()));
    return same.build();
  }

  private byte[] password() {
    byte[] given = keys.password();
    return read == null ? given : read.password();
  }

  /** Returns whether all there is is a password of less than so many characters. */
  boolean isPasswordShorterThan(int characters) {
    int count = 0;
    for (byte b : password()) {
      // The later bytes of a character begin with the bits 10.
      count += (b & 0xC0) == 0x80 ? 0 : 1;
    }
    return keyfiles.isEmpty() && count < characters;
  }

  /** Returns whether others give the same to the key derivation of a format. */
  boolean areThoseOf(VolumeFormat format, Secrets others) throws IOException {
    byte[] own = derivationInput(format);
    byte[] other = others.derivationInput(format);
    try {
      return Arrays.equals(own, other);
    } finally {
      Arrays.fill(own, (byte) 0);
      Arrays.fill(other, (byte) 0);
    }
  }

  /** Returns whether there is nothing to make a key from: an empty password and no keyfile. */
  boolean isEmpty() {
    return password().length == 0 && keyfiles.isEmpty();
  }

  /** Returns whether a format takes a password of this length. */
  boolean fit(VolumeFormat format) {
    return password().length <= format.maximumPasswordBytes();
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
   * Throws unless a system drive takes a password of this length: its loader reads no more.
   *
   * @throws IllegalArgumentException naming the longest that it takes
   */
  void checkFitSystem() {
    Arguments.demand(
        password().length <= LONGEST_OF_SYSTEMS,
        "password: expected at most %d bytes for a system drive".formatted(LONGEST_OF_SYSTEMS));
  }

  /**
   * Throws unless a person can give these to a boot loader, which reads no keyfile, and of a
   * keyboard what it has at that time.
   *
   * @throws IllegalArgumentException naming what is expected
   */
  void checkFitLoader() {
    checkFitSystem();
    Arguments.demand(
        keyfiles.isEmpty(), "keyfiles: expected none for a system drive, whose loader reads none");
    byte[] password = password();
    boolean printable = true;
    for (byte each : password) {
      printable &= each >= ' ' && each <= '~';
    }
    Arguments.demand(
        printable, "password: expected printable ASCII for a system drive, whose loader reads it");
  }

  /**
   * Returns what the key derivation of a format takes: the password, cut to the length that the
   * format takes, or the pool that the keyfiles were mixed into. The caller wipes it.
   *
   * @throws java.nio.file.FileSystemException if a keyfile is missing or empty
   * @throws IllegalStateException if the secrets are wiped, and a key would be one of zeros
   */
  byte[] derivationInput(VolumeFormat format) throws IOException {
    byte[] password = password();
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
    if (read != null) {
      read.close();
    }
  }
}
