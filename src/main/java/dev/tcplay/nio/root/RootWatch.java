package dev.tcplay.nio.root;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.Watchable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The host's watch service, which tells of files as paths of the one tree. */
final class RootWatch implements WatchService {

  private final RootFileSystem fileSystem;
  private final WatchService host;

  /** By the host's keys, of which one registered directory has one. */
  private final Map<WatchKey, Key> keys = new ConcurrentHashMap<>();

  RootWatch(RootFileSystem fileSystem, WatchService host) {
    this.fileSystem = fileSystem;
    this.host = host;
  }

  WatchKey register(
      RootPath directory, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
      throws IOException {
    MountPoint.Place place = fileSystem.mount().point().locate(directory.host());
    if (place.isInside()) {
      throw new UnsupportedOperationException(
          directory + " is in a container, where files are not watched");
    }
    WatchKey key = place.host().register(host, events, modifiers);
    // The same key again has the directory's last name, as the host's keys do.
    Key ours = new Key(directory, key);
    keys.put(key, ours);
    return ours;
  }

  /** Returns our key for one of the host's, which may be signalled before it is entered. */
  private @Nullable Key ours(@Nullable WatchKey key) {
    return key == null
        ? null
        : keys.computeIfAbsent(key, its -> new Key(fileSystem.wrap((Path) its.watchable()), its));
  }

  @Override
  public void close() throws IOException {
    host.close();
    keys.clear();
  }

  @Override
  public @Nullable WatchKey poll() {
    return ours(host.poll());
  }

  @Override
  public @Nullable WatchKey poll(long timeout, TimeUnit unit) throws InterruptedException {
    return ours(host.poll(timeout, unit));
  }

  @Override
  public WatchKey take() throws InterruptedException {
    Key key = ours(host.take());
    if (key == null) {
      throw new ClosedWatchServiceException();
    }
    return key;
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
      return key.reset();
    }

    @Override
    public void cancel() {
      key.cancel();
      keys.remove(key);
    }

    @Override
    public Watchable watchable() {
      return directory;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key ours && ours.key.equals(key);
    }

    @Override
    public int hashCode() {
      return key.hashCode();
    }
  }

  private <T> WatchEvent<T> event(WatchEvent<T> event) {
    return new Event<>(
        event.kind(),
        event.count(),
        event.context() instanceof Path name
            ? event.kind().type().cast(fileSystem.wrap(name))
            : event.context());
  }

  private record Event<T>(WatchEvent.Kind<T> kind, int count, T context) implements WatchEvent<T> {}
}
