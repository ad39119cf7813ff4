package dev.tcplay.model;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.security.GeneralSecurityException;

/**
 * A keyfile that is no file: somebody who gives its bytes, such as a security token. It may be
 * asked several times while a container is opened, and must give the same bytes each time. Of them
 * the first 1,048,576 count, as of a file.
 *
 * @param name what exceptions call it, nothing secret
 * @param reader gives the bytes
 */
public record KeyfileSource(String name, Reader reader) {

  /** Gives the bytes of a keyfile. */
  @FunctionalInterface
  public interface Reader {

    /**
     * Returns the bytes in a fresh array, at least one; it is wiped as soon as they are used.
     *
     * @throws IOException if they cannot be had
     * @throws GeneralSecurityException if a token does not give them
     */
    byte[] read() throws IOException, GeneralSecurityException;
  }

  /**
   * Returns the bytes; the caller wipes them.
   *
   * @throws FileSystemException if the reader fails in any way or gives none; it names this source
   */
  public byte[] read() throws FileSystemException {
    byte[] contents;
    try {
      contents = reader.read();
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      FileSystemException named =
          new FileSystemException(name, null, "keyfile cannot be read: " + e.getMessage());
      named.initCause(e);
      throw named;
    }
    if (contents == null || contents.length == 0) {
      throw new FileSystemException(name, null, "keyfile is empty");
    }
    return contents;
  }
}
