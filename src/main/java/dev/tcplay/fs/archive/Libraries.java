package dev.tcplay.fs.archive;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** The libraries that the driver works with, which who uses this library brings if he wants. */
final class Libraries {

  private static final String COMPRESS = "org.apache.commons.compress.archivers.ArchiveEntry";

  private Libraries() {}

  /**
   * Checks that the library that knows the formats is there.
   *
   * @throws UnsupportedOperationException if not; the message says what to add
   */
  static void require() {
    try {
      Class.forName(COMPRESS, false, Libraries.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new UnsupportedOperationException(
          "archives need org.apache.commons:commons-compress on the class path,"
              + " or its module among those that are resolved",
          e);
    }
  }

  /** Returns the exception for a format that needs one more library. */
  static IOException missing(NoClassDefFoundError error) {
    String name = String.valueOf(error.getMessage());
    String what =
        name.startsWith("org/tukaani")
            ? "LZMA and xz need org.tukaani:xz on the class path"
            : "a library that commons-compress needs is missing: " + name;
    FileSystemException failure = new FileSystemException(null, null, what);
    failure.initCause(error);
    return failure;
  }
}
