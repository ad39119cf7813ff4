package dev.tcplay.nio;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.attribute.DosFileAttributes;

/** What may be done with a file. */
final class Access {

  private Access() {}

  /**
   * Checks access. A directory's own attribute read-only keeps nobody from changing its entries, as
   * on Windows; files cannot be executed.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws AccessDeniedException if a mode is not granted
   */
  static void check(TcplayPath path, AccessMode... modes) throws IOException {
    DosFileAttributes attributes = Attributes.read(path, DosFileAttributes.class);
    for (AccessMode mode : modes) {
      switch (mode) {
        case READ -> {}
        case WRITE -> checkWrite(path, attributes);
        case EXECUTE -> {
          if (!attributes.isDirectory()) {
            throw denied(path, "files in a container cannot be executed");
          }
        }
      }
    }
  }

  private static void checkWrite(TcplayPath path, DosFileAttributes attributes) throws IOException {
    if (path.getFileSystem().isReadOnly()) {
      throw denied(path, "the file system is read-only");
    }
    if (attributes.isDirectory()) {
      if (path.getFileSystem().hasFixedTree()) {
        throw denied(path, "the directory is fixed");
      }
    } else if (attributes.isReadOnly()) {
      throw denied(path, "the file is read-only");
    }
  }

  private static AccessDeniedException denied(TcplayPath path, String reason) {
    return new AccessDeniedException(path.toString(), null, reason);
  }
}
