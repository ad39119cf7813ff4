package dev.tcplay.nio;

import java.net.URI;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The file systems that were opened by URI, by the URI of their container's real path.
 *
 * <p>There is one for all instances of the provider: a class loader that is not the system's makes
 * a new instance for every request, and each must find what the others opened.
 */
final class Registry {

  /** A container without a file system is being opened. */
  private static final ConcurrentMap<URI, Optional<TcplayFileSystem>> OPEN =
      new ConcurrentHashMap<>();

  private Registry() {}

  /**
   * Reserves a container, before the long work of opening it.
   *
   * @throws FileSystemAlreadyExistsException if it is open or being opened
   */
  static void reserve(URI key) {
    if (OPEN.putIfAbsent(key, Optional.empty()) != null) {
      throw new FileSystemAlreadyExistsException("already open: " + key);
    }
  }

  /** Puts the file system of a reserved container in its place. */
  static void publish(URI key, TcplayFileSystem fileSystem) {
    OPEN.put(key, Optional.of(fileSystem));
  }

  /** Gives a container free: it could not be opened, or was closed. */
  static void release(URI key) {
    OPEN.remove(key);
  }

  /**
   * Returns the open file system of a container.
   *
   * @throws FileSystemNotFoundException if there is none
   */
  static TcplayFileSystem find(URI key) {
    return OPEN.getOrDefault(key, Optional.empty())
        .filter(TcplayFileSystem::isOpen)
        .orElseThrow(() -> new FileSystemNotFoundException("not open: " + key));
  }
}
