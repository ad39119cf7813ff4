package dev.tcplay.cli;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** The attributes of what is made for plaintext: its owner's alone, where the host knows rights. */
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
}
