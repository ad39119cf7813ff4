package dev.tcplay.nio;

import java.nio.file.FileSystem;
import java.nio.file.spi.FileSystemProvider;
import java.util.Optional;

/**
 * The provider that the JDK itself asks, as seen from a copy of the library that a class loader of
 * an application or a plugin has loaded besides.
 */
final class InstalledProvider {

  private InstalledProvider() {}

  /** Returns the installed provider of our scheme; empty if there is none, or it is this copy's. */
  static Optional<FileSystemProvider> other() {
    return FileSystemProvider.installedProviders().stream()
        .filter(provider -> provider.getScheme().equalsIgnoreCase(TcplayUri.SCHEME))
        .filter(provider -> provider.getClass() != TcplayFileSystemProvider.class)
        .findFirst();
  }

  /**
   * Returns which copy of the library a file system is of, for a message; nothing if this one's.
   */
  static String copyOf(FileSystem fileSystem) {
    return fileSystem instanceof TcplayFileSystem
        ? ""
        : ", by another copy of tcplay in this JVM, loaded by "
            + fileSystem.getClass().getClassLoader();
  }
}
