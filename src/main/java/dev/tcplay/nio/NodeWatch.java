package dev.tcplay.nio;

import dev.tcplay.fs.Node;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ProviderMismatchException;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Watches directories of one file system, with which it is closed. From the first key on, a thread
 * looks whether another program has changed the container under a file system that only reads; the
 * lock keeps out all who heed it. Keys are then told of an overflow and end, as nothing can be read
 * any more.
 */
final class NodeWatch extends QueuedWatch {

  private static final Set<WatchEvent.Kind<?>> KINDS =
      Set.of(
          StandardWatchEventKinds.ENTRY_CREATE,
          StandardWatchEventKinds.ENTRY_DELETE,
          StandardWatchEventKinds.ENTRY_MODIFY);

  /** The JDK's hint how often to look, by name as a later release may drop it. */
  static final String SENSITIVITY = "com.sun.nio.file.SensitivityWatchEventModifier";

  /** How often the container is looked at: as often as its lock is taken anew. */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final TcplayFileSystem fileSystem;

  /** The keys by their directories' nodes; guarded by itself. */
  private final Map<Long, DirectoryKey> keys = new HashMap<>();

  /** Looks at the container, null as long as nothing was registered; guarded by the keys. */
  private @Nullable Thread looking;

  private NodeWatch(TcplayFileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  static NodeWatch open(TcplayFileSystem fileSystem) throws IOException {
    NodeWatch service = new NodeWatch(fileSystem);
    fileSystem
        .access()
        .run(fileSystem.getPath("/"), volume -> fileSystem.access().resources().add(service));
    return service;
  }

  /**
   * Registers a directory, or has its key wait for other events.
   *
   * @throws IllegalArgumentException if no kind of event is wanted but {@code OVERFLOW}
   * @throws UnsupportedOperationException if a kind or a modifier is unknown
   * @throws ClosedWatchServiceException if this is closed
   * @throws NotDirectoryException if the path leads to something else
   * @throws ProviderMismatchException if it is in another file system
   */
  WatchKey register(
      TcplayPath directory, WatchEvent.Kind<?>[] wanted, WatchEvent.Modifier... modifiers)
      throws IOException {
    Set<WatchEvent.Kind<?>> kinds = kinds(wanted);
    checkModifiers(modifiers);
    checkOpen();
    if (directory.getFileSystem() != fileSystem) {
      throw new ProviderMismatchException("the service is of another file system");
    }
    return fileSystem
        .access()
        .find(
            directory,
            volume -> {
              Node node = NodeFinder.find(volume, directory, true);
              if (!node.isDirectory()) {
                throw new NotDirectoryException(directory.toString());
              }
              DirectoryKey key = register(directory, node.id(), kinds);
              try {
                // It may have been deleted before it was watched.
                volume.attributes(node);
                return key;
              } catch (IOException | RuntimeException e) {
                cancel(key);
                throw e;
              }
            });
  }

  private DirectoryKey register(TcplayPath directory, long id, Set<WatchEvent.Kind<?>> kinds) {
    synchronized (keys) {
      checkOpen();
      DirectoryKey key = keys.get(id);
      if (key == null || !key.isValid()) {
        key = new DirectoryKey(this, directory, id);
        keys.put(id, key);
        fileSystem.watches().add(key);
        startLooking();
      }
      key.waitFor(kinds);
      return key;
    }
  }

  private void startLooking() {
    if (looking == null) {
      looking = new Thread(this::look, "tcplay-watch");
      looking.setDaemon(true);
      looking.start();
    }
  }

  private void look() {
    while (!isClosed()) {
      try {
        fileSystem.access().checkHost();
      } catch (IOException e) {
        for (DirectoryKey key : all()) {
          // Whoever takes the key at once finds it ended.
          key.expireWithOverflow();
          cancel(key);
        }
        return;
      }
      LockSupport.parkNanos(this, LOOK_NANOS);
    }
  }

  private List<DirectoryKey> all() {
    synchronized (keys) {
      return List.copyOf(keys.values());
    }
  }

  private static Set<WatchEvent.Kind<?>> kinds(WatchEvent.Kind<?>[] wanted) {
    Set<WatchEvent.Kind<?>> kinds = new HashSet<>();
    for (WatchEvent.Kind<?> kind : wanted) {
      if (KINDS.contains(Objects.requireNonNull(kind, "kind"))) {
        kinds.add(kind);
      } else if (kind != StandardWatchEventKinds.OVERFLOW) {
        throw new UnsupportedOperationException("no such events: " + kind.name());
      }
    }
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("no events are wanted");
    }
    return Set.copyOf(kinds);
  }

  private static void checkModifiers(WatchEvent.Modifier... modifiers) {
    for (WatchEvent.Modifier modifier : modifiers) {
      if (!Objects.requireNonNull(modifier, "modifier").getClass().getName().equals(SENSITIVITY)) {
        throw new UnsupportedOperationException("no such modifier: " + modifier.name());
      }
    }
  }

  void enqueueKey(DirectoryKey key) {
    enqueue(key);
  }

  /** Ends the watching of a directory. */
  void cancel(DirectoryKey key) {
    key.invalidate();
    synchronized (keys) {
      keys.remove(key.id(), key);
      fileSystem.watches().remove(key);
    }
  }

  @Override
  protected void end() {
    for (DirectoryKey key : all()) {
      cancel(key);
    }
    synchronized (keys) {
      LockSupport.unpark(looking);
    }
    fileSystem.access().resources().remove(this);
  }
}
