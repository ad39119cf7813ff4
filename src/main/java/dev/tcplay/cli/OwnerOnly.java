package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** What is made for plaintext is its owner's alone, where the host knows rights. */
final class OwnerOnly {

  private OwnerOnly() {}

  /** Returns the attributes of a new file at a path. */
  static FileAttribute<?>[] file(Path path) {
    return attributes(path, "rw-------");
  }

  /** Returns the attributes of a new directory at a path. */
  static FileAttribute<?>[] directory(Path path) {
    return attributes(path, "rwx------");
  }

  private static FileAttribute<?>[] attributes(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Checks a directory in which another user could else answer for our processes.
   *
   * @throws FileSystemException if it is a link, another user's, or open to others
   */
  static void check(Path folder) throws IOException {
    if (!Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isDirectory()) {
      throw new FileSystemException(folder.toString(), null, "is no directory");
    }
    PosixFileAttributeView view =
        Files.getFileAttributeView(folder, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view != null) {
      checkRights(folder, view);
    }
  }

  private static void checkRights(Path folder, PosixFileAttributeView view) throws IOException {
    String rights = PosixFilePermissions.toString(view.readAttributes().permissions());
    if (!rights.equals("rwx------")) {
      throw new FileSystemException(folder.toString(), null, "is not its owner's alone: " + rights);
    }
    // Whom a new file belongs to is who we are.
    Path probe = Files.createTempFile(folder, ".probe", "");
    try {
      if (!Files.getOwner(probe).equals(view.getOwner())) {
        throw new FileSystemException(folder.toString(), null, "belongs to " + view.getOwner());
      }
    } finally {
      Files.delete(probe);
    }
  }
}
