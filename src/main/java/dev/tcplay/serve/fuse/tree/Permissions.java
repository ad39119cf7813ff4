package dev.tcplay.serve.fuse.tree;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** The kernel's bits of permissions, and those of Java. */
final class Permissions {

  private Permissions() {}

  static int bits(Set<PosixFilePermission> permissions) {
    int bits = 0;
    for (PosixFilePermission each : permissions) {
      bits |= bit(each);
    }
    return bits;
  }

  static Set<PosixFilePermission> of(int bits) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (PosixFilePermission each : PosixFilePermission.values()) {
      if ((bits & bit(each)) != 0) {
        permissions.add(each);
      }
    }
    return permissions;
  }

  /** Returns what a new file is made with, nothing where files have no permissions. */
  static FileAttribute<?>[] initial(Path root, int mode) {
    return Files.getFileAttributeView(root, PosixFileAttributeView.class) == null
        ? new FileAttribute<?>[0]
        : new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(of(mode))};
  }

  /** The constants stand in the order of the bits, from the owner's right to read down. */
  private static int bit(PosixFilePermission permission) {
    return 0400 >> permission.ordinal();
  }
}
