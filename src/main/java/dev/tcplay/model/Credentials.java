package dev.tcplay.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * What opens a container: a password, keyfiles, a PIM. The owner closes it, which wipes its copies
 * of the secrets; the arrays it was made from stay as they are.
 *
 * <p>Not safe for use by several threads.
 */
public final class Credentials implements AutoCloseable {

  private static final int LONGEST_LINE = 1 << 16;

  private final byte[] password;
  private final List<Path> keyfiles = new ArrayList<>();
  private final List<byte[]> keyfileContents = new ArrayList<>();
  private OptionalInt pim = OptionalInt.empty();

  private Credentials(byte[] password) {
    this.password = password;
  }

  /**
   * Makes credentials of a password, possibly empty, which counts in UTF-8 as VeraCrypt does.
   *
   * @throws IllegalArgumentException if the text is no text: it holds half a surrogate pair
   */
  public static Credentials of(CharSequence password) {
    return new Credentials(encode(CharBuffer.wrap(password)));
  }

  /** Makes credentials of a password, as {@link #of(CharSequence)}. */
  public static Credentials of(char[] password) {
    return new Credentials(encode(CharBuffer.wrap(password)));
  }

  /** Makes credentials of the bytes of a password, possibly none. */
  public static Credentials of(byte[] password) {
    return new Credentials(password.clone());
  }

  /**
   * Makes credentials of the first line of a file, without its line end, as raw bytes.
   *
   * @throws IOException if the file cannot be read or its first line is longer than 64 KiB
   */
  public static Credentials ofFirstLine(Path file) throws IOException {
    try (InputStream stream = ContainerMaker.load().newInputStream(file)) {
      return ofFirstLine(stream);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      FileSystemException named = new FileSystemException(file.toString(), null, e.getMessage());
      named.initCause(e);
      throw named;
    }
  }

  /**
   * Makes credentials of a stream's first line, as {@link #ofFirstLine(Path)}; reads no further.
   */
  public static Credentials ofFirstLine(InputStream stream) throws IOException {
    byte[] line = new byte[LONGEST_LINE + 1];
    try {
      int length = 0;
      int next;
      while ((next = stream.read()) != -1 && next != '\n') {
        if (length == line.length) {
          throw new IOException("the first line is longer than " + LONGEST_LINE + " bytes");
        }
        line[length++] = (byte) next;
      }
      if (next == '\n' && length > 0 && line[length - 1] == '\r') {
        length--;
      }
      return new Credentials(Arrays.copyOf(line, length));
    } finally {
      Arrays.fill(line, (byte) 0);
    }
  }

  /** Adds a keyfile, or a folder whose files all are keyfiles. */
  public Credentials keyfile(Path file) {
    keyfiles.add(file);
    return this;
  }

  /** Adds the contents of a keyfile. */
  public Credentials keyfile(byte[] contents) {
    keyfileContents.add(contents.clone());
    return this;
  }

  /** Adds copies of the keyfiles of others. */
  Credentials keyfilesOf(Credentials others) {
    others.keyfiles.forEach(this::keyfile);
    others.keyfileContents.forEach(this::keyfile);
    return this;
  }

  /** Sets the PIM, 0 for none, for a caller who did not give one. */
  public Credentials pim(int value) {
    if (value < 0) {
      throw new IllegalArgumentException("pim must not be negative");
    }
    pim = OptionalInt.of(value);
    return this;
  }

  /** Returns the bytes of the password: the array itself, which {@link #close} wipes. */
  public byte[] password() {
    return password;
  }

  /** Returns the keyfiles and folders of keyfiles. */
  public List<Path> keyfiles() {
    return List.copyOf(keyfiles);
  }

  /** Returns the contents of further keyfiles: the arrays that {@link #close} wipes. */
  public List<byte[]> keyfileContents() {
    return List.copyOf(keyfileContents);
  }

  /** Returns the PIM, if one is set. */
  public OptionalInt pim() {
    return pim;
  }

  /** Wipes the secrets. */
  @Override
  public void close() {
    Arrays.fill(password, (byte) 0);
    keyfileContents.forEach(contents -> Arrays.fill(contents, (byte) 0));
  }

  private static byte[] encode(CharBuffer text) {
    CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    // One array of the largest size: a growing buffer would leave copies behind.
    byte[] room = new byte[(int) Math.ceil(text.length() * (double) encoder.maxBytesPerChar())];
    try {
      ByteBuffer encoded = ByteBuffer.wrap(room);
      var result = encoder.encode(text, encoded, true);
      if (result.isError()) {
        result.throwException();
      }
      return Arrays.copyOf(room, encoded.position());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("password must not hold half a surrogate pair", e);
    } finally {
      Arrays.fill(room, (byte) 0);
    }
  }
}
