package dev.tcplay.nio;

import dev.tcplay.fs.NodePlace;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The directories of a volume that are watched. Where nobody watches, a change costs no more than
 * to ask {@link #isIdle}, before and after it. Safe for any number of threads.
 *
 * <p>In a watched directory changes of entries are told of in the order in which they were made: a
 * lock of the directory is held over both, which costs no more than the driver's own lock. Keys are
 * told under it, which waits for nobody; what others make of the events, they do without it.
 */
final class Watches {

  /** A change of entries that tells of itself. */
  interface Change<T> {
    T make() throws IOException;
  }

  /** A directory that is watched. */
  private static final class Watched {
    private final Lock order = new ReentrantLock();
    private List<DirectoryKey> keys = List.of();
  }

  /** By the ids of the directories' nodes; guarded by itself. */
  private final Map<Long, Watched> directories = new HashMap<>();

  private volatile boolean idle = true;

  /** Returns whether nobody watches anything. */
  boolean isIdle() {
    return idle;
  }

  void add(DirectoryKey key) {
    synchronized (directories) {
      Watched watched = directories.computeIfAbsent(key.id(), id -> new Watched());
      List<DirectoryKey> keys = new ArrayList<>(watched.keys);
      keys.add(key);
      watched.keys = List.copyOf(keys);
      idle = false;
    }
  }

  void remove(DirectoryKey key) {
    synchronized (directories) {
      Watched watched = directories.get(key.id());
      if (watched != null) {
        watched.keys = watched.keys.stream().filter(other -> other != key).toList();
        if (watched.keys.isEmpty()) {
          directories.remove(key.id());
          idle = directories.isEmpty();
        }
      }
    }
  }

  private List<DirectoryKey> keys(long directory) {
    synchronized (directories) {
      Watched watched = directories.get(directory);
      return watched == null ? List.of() : watched.keys;
    }
  }

  /**
   * Makes a change of the entries of some directories. Who begins to watch one of them meanwhile
   * may have looked at it before, and be told nothing, or be told out of order: he gets an
   * overflow.
   *
   * @param ids the ids of their nodes
   */
  <T> T inOrder(Change<T> change, long... ids) throws IOException {
    List<Lock> held = new ArrayList<>();
    try {
      for (Lock order : orders(ids)) {
        order.lock();
        held.add(order);
      }
      T made = change.make();
      if (!orders(ids).equals(held)) {
        for (long id : ids) {
          keys(id).forEach(DirectoryKey::tellOverflow);
        }
      }
      return made;
    } finally {
      held.forEach(Lock::unlock);
    }
  }

  /** Returns the locks of those that are watched, in the order in which all take them. */
  private List<Lock> orders(long... ids) {
    if (idle) {
      return List.of();
    }
    List<Lock> orders = new ArrayList<>();
    synchronized (directories) {
      for (long id : Arrays.stream(ids).sorted().distinct().toArray()) {
        Watched watched = directories.get(id);
        if (watched != null) {
          orders.add(watched.order);
        }
      }
    }
    return orders;
  }

  void created(NodePlace place) {
    tell(StandardWatchEventKinds.ENTRY_CREATE, place);
  }

  void deleted(NodePlace place) {
    tell(StandardWatchEventKinds.ENTRY_DELETE, place);
  }

  void changed(NodePlace place) {
    tell(StandardWatchEventKinds.ENTRY_MODIFY, place);
  }

  private void tell(WatchEvent.Kind<Path> kind, NodePlace place) {
    if (place.equals(NodePlace.UNKNOWN)) {
      tellOverflow();
    } else {
      keys(place.directory()).forEach(key -> key.tell(kind, place.name()));
    }
  }

  /** Tells all that something has happened, nobody knows what. */
  void tellOverflow() {
    all().forEach(DirectoryKey::tellOverflow);
  }

  private List<DirectoryKey> all() {
    synchronized (directories) {
      return directories.values().stream().flatMap(watched -> watched.keys.stream()).toList();
    }
  }

  /** Ends the watching of a directory that is gone. */
  void gone(long directory) {
    for (DirectoryKey key : keys(directory)) {
      key.expire();
      key.cancel();
    }
  }
}
