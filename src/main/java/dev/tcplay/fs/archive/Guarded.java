package dev.tcplay.fs.archive;

import dev.tcplay.fs.CorruptFileSystemException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import org.apache.commons.compress.MemoryLimitException;
import org.apache.commons.compress.PasswordRequiredException;
import org.apache.commons.compress.archivers.zip.UnsupportedZipFeatureException;
import org.jspecify.annotations.Nullable;

/**
 * Calls the library that knows the formats. What it throws, checked or not, means that the archive
 * is damaged, but for failures of the device and for classes that are not there.
 */
final class Guarded {

  private Guarded() {}

  /** A call. */
  interface Call<T> {
    T run() throws IOException;
  }

  /** What reads a device for the library. */
  interface Reads {

    /** Throws what the device has failed with since the last call, if it has. */
    void checkDevice() throws IOException;
  }

  /**
   * Calls.
   *
   * @param reads what the call reads the device through, null if it reads none
   * @param what is read, for the message
   * @throws CorruptFileSystemException if it cannot be read
   * @throws IOException if the device fails, or it takes too much memory
   */
  static <T> T call(@Nullable Reads reads, String what, Call<T> call) throws IOException {
    try {
      return call.run();
    } catch (NoClassDefFoundError e) {
      throw Libraries.missing(e);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      if (reads != null) {
        reads.checkDevice();
      }
      if (e instanceof MemoryLimitException) {
        throw new FileSystemException(
            null, null, what + " takes more memory than it may, a share of the heap: " + reason(e));
      }
      CorruptFileSystemException failure =
          new CorruptFileSystemException(null, what + " cannot be read: " + reason(e));
      failure.initCause(e);
      throw failure;
    }
  }

  /** Returns what an exception says, and its type where it was not made for people. */
  static String reason(Throwable e) {
    String text = e.getMessage();
    if (isEncrypted(e)) {
      return "it is encrypted, and archives are not decrypted";
    } else if (e instanceof EOFException && text == null) {
      return "unexpected end";
    }
    return e instanceof IOException && text != null ? text : e.toString();
  }

  private static boolean isEncrypted(Throwable e) {
    return e instanceof PasswordRequiredException
        || (e instanceof UnsupportedZipFeatureException zip
            && zip.getFeature() == UnsupportedZipFeatureException.Feature.ENCRYPTION);
  }
}
