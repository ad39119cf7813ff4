package dev.tcplay.nio;

import java.io.Closeable;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The file systems that were opened by URI, by the URI of their container's real path.
 *
 * <p>There is one for all instances of the provider: a class loader that is not the system's makes
 * a new instance for every request, and each must find what the others opened. Where the library is
 * loaded more than once in a virtual machine, all use that of the installed provider, if there is
 * one; so it is made of the JDK's types only.
 */
final class Registry {

  /** A container without a file system is being opened. */
  private static final ConcurrentMap<URI, Optional<FileSystem>> OWN = new ConcurrentHashMap<>();

  private Registry() {}

  /** Returns what this copy of the library has open, if it is the one that counts. */
  static ConcurrentMap<URI, Optional<FileSystem>> own() {
    return OWN;
  }

  /** Returns what all copies have open; asked for each time, as making it once may fail. */
  private static ConcurrentMap<URI, Optional<FileSystem>> open() {
    return InstalledProvider.other().flatMap(Registry::of).orElse(OWN);
  }

  /** Returns the map of another copy; nothing if that is too old to have one. */
  @SuppressWarnings("unchecked")
  private static Optional<ConcurrentMap<URI, Optional<FileSystem>>> of(Object provider) {
    return provider instanceof Supplier<?> supplier
            && supplier.get() instanceof ConcurrentMap<?, ?> open
        ? Optional.of((ConcurrentMap<URI, Optional<FileSystem>>) open)
        : Optional.empty();
  }

  /** The place of a container, as long as it is opened or open. Thread-safe. */
  static final class Place implements Closeable {

    private final ConcurrentMap<URI, Optional<FileSystem>> open;
    private final URI key;
    private final AtomicBoolean free = new AtomicBoolean();

    private Place(ConcurrentMap<URI, Optional<FileSystem>> open, URI key) {
      this.open = open;
      this.key = key;
    }

    /** Puts the container's file system here. */
    void take(FileSystem fileSystem) {
      open.put(key, Optional.of(fileSystem));
    }

    /** Gives the container free: it could not be opened, or was closed. */
    @Override
    public void close() {
      if (!free.getAndSet(true)) {
        open.remove(key);
      }
    }
  }

  /**
   * Reserves a container, before the long work of opening it.
   *
   * @throws FileSystemAlreadyExistsException if it is open or being opened
   */
  static Place reserve(URI key) {
    Place place = new Place(open(), key);
    Optional<FileSystem> before = place.open.putIfAbsent(key, Optional.empty());
    if (before != null) {
      throw new FileSystemAlreadyExistsException(
          "already open: " + key + before.map(InstalledProvider::copyOf).orElse(""));
    }
    return place;
  }

  /**
   * Returns the open file system of a container.
   *
   * @throws FileSystemNotFoundException if there is none
   */
  static FileSystem find(TcplayUri container) {
    URI key = container.key();
    return open()
        .getOrDefault(key, Optional.empty())
        .filter(FileSystem::isOpen)
        .orElseThrow(() -> new FileSystemNotFoundException("not open: " + key + container.hint()));
  }
}
