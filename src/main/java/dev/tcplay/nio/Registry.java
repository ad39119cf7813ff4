package dev.tcplay.nio;

import java.io.Closeable;
import java.net.URI;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

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

  /** The place of a container, as long as it is opened or open. Thread-safe. */
  static final class Place implements Closeable {

    private final URI key;
    private final AtomicBoolean free = new AtomicBoolean();

    private Place(URI key) {
      this.key = key;
    }

    /** Puts the container's file system here. */
    void take(TcplayFileSystem fileSystem) {
      OPEN.put(key, Optional.of(fileSystem));
    }

    /** Gives the container free: it could not be opened, or was closed. */
    @Override
    public void close() {
      if (!free.getAndSet(true)) {
        OPEN.remove(key);
      }
    }
  }

  /**
   * Reserves a container, before the long work of opening it.
   *
   * @throws FileSystemAlreadyExistsException if it is open or being opened
   */
  static Place reserve(URI key) {
    Place place = new Place(key);
    if (OPEN.putIfAbsent(key, Optional.empty()) != null) {
      throw new FileSystemAlreadyExistsException("already open: " + key);
    }
    return place;
  }

  /**
   * Returns the open file system of a container.
   *
   * @throws FileSystemNotFoundException if there is none
   */
  static TcplayFileSystem find(TcplayUri container) {
    URI key = container.key();
    return OPEN.getOrDefault(key, Optional.empty())
        .filter(TcplayFileSystem::isOpen)
        .orElseThrow(() -> new FileSystemNotFoundException("not open: " + key + container.hint()));
  }
}
