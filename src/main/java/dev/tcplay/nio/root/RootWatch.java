package dev.tcplay.nio.root;

import dev.tcplay.nio.QueuedWatch;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.Watchable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The watch services of the host and of the container in one, which tells of files as paths of the
 * one tree. A thread for each of the two hands over the keys that are signalled there.
 */
final class RootWatch extends QueuedWatch {

  private final RootFileSystem fileSystem;

  /** The host's service, and the container's once a directory there is watched. */
  private final Map<FileSystem, WatchService> services = new HashMap<>();

  /** By the keys of the two, of which one registered directory has one; guarded by itself. */
  private final Map<WatchKey, Key> keys = new HashMap<>();

  RootWatch(RootFileSystem fileSystem, WatchService host) {
    this.fileSystem = fileSystem;
    services.put(fileSystem.host(), host);
    begin(host);
  }

  private void begin(WatchService service) {
    Thread thread = new Thread(() -> handOver(service), "tcplay-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private void handOver(WatchService service) {
    try {
      while (true) {
        enqueue(ours(service.take()));
      }
    } catch (ClosedWatchServiceException e) {
      // This is closed, or the file system is, whose keys have ended.
    } catch (InterruptedException e) {
      // Nobody interrupts it.
    }
  }

  WatchKey register(
      RootPath directory, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
      throws IOException {
    checkOpen();
    MountPoint.Place place = fileSystem.mount().point().locate(directory.host());
    if (!place.isInside()) {
      return register(directory, place.host(), events, modifiers);
    }
    return fileSystem
        .mount()
        .call(place, (files, inside) -> register(directory, inside, events, modifiers));
  }

  private WatchKey register(
      RootPath directory, Path place, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
      throws IOException {
    WatchKey key = place.register(service(place.getFileSystem()), events, modifiers);
    synchronized (keys) {
      return keys.computeIfAbsent(key, its -> new Key(directory, its));
    }
  }

  private WatchService service(FileSystem of) throws IOException {
    synchronized (services) {
      checkOpen();
      WatchService known = services.get(of);
      if (known == null) {
        known = of.newWatchService();
        services.put(of, known);
        begin(known);
      }
      return known;
    }
  }

  /** Returns our key for one of the two, which may be signalled before it is entered. */
  private Key ours(WatchKey key) {
    synchronized (keys) {
      return keys.computeIfAbsent(
          key, its -> new Key(fileSystem.wrap(outside((Path) its.watchable())), its));
    }
  }

  private Path outside(Path path) {
    return path.getFileSystem() == fileSystem.host() ? path : fileSystem.mount().outside(path);
  }

  @Override
  protected void end() throws IOException {
    @Nullable IOException failure = null;
    synchronized (services) {
      for (Closeable service : services.values()) {
        try {
          service.close();
        } catch (IOException e) {
          failure = e;
        }
      }
    }
    synchronized (keys) {
      keys.clear();
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** A registered directory. */
  private final class Key implements WatchKey {

    private final RootPath directory;
    private final WatchKey key;

    private Key(RootPath directory, WatchKey key) {
      this.directory = directory;
      this.key = key;
    }

    @Override
    public boolean isValid() {
      return key.isValid();
    }

    @Override
    public List<WatchEvent<?>> pollEvents() {
      return key.pollEvents().stream().<WatchEvent<?>>map(RootWatch.this::event).toList();
    }

    @Override
    public boolean reset() {
      boolean isGood = key.reset();
      if (!isGood) {
        forget();
      }
      return isGood;
    }

    @Override
    public void cancel() {
      key.cancel();
      forget();
    }

    private void forget() {
      synchronized (keys) {
        keys.remove(key);
      }
    }

    @Override
    public Watchable watchable() {
      return directory;
    }
  }

  /** A name that the host cannot have is told as events are of which nothing more is known. */
  private WatchEvent<?> event(WatchEvent<?> event) {
    try {
      return translated(event);
    } catch (InvalidPathException e) {
      return new Event<>(StandardWatchEventKinds.OVERFLOW, event.count(), null);
    }
  }

  private <T> WatchEvent<T> translated(WatchEvent<T> event) {
    return new Event<>(
        event.kind(),
        event.count(),
        event.context() instanceof Path name
            ? event.kind().type().cast(fileSystem.wrap(outside(name)))
            : event.context());
  }

  private record Event<T>(WatchEvent.Kind<T> kind, int count, @Nullable T context)
      implements WatchEvent<T> {}
}
