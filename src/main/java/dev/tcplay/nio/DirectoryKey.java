package dev.tcplay.nio;

import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.List;
import java.util.Set;

/**
 * A directory that a service watches. It is called {@code watchable} by the name under which it was
 * registered first, whatever name it has by now. Safe for any number of threads; nobody waits for
 * those who fetch events.
 */
final class DirectoryKey implements WatchKey {

  private final NodeWatch service;
  private final TcplayPath directory;
  private final long id;
  private final PendingEvents events = new PendingEvents();
  private Set<WatchEvent.Kind<?>> kinds = Set.of();
  private boolean signalled;
  private boolean valid = true;

  /**
   * Makes a key that waits for nothing yet.
   *
   * @param id the id of the directory's node
   */
  DirectoryKey(NodeWatch service, TcplayPath directory, long id) {
    this.service = service;
    this.directory = directory;
    this.id = id;
  }

  long id() {
    return id;
  }

  /** Has the key wait for other kinds of events. */
  synchronized void waitFor(Set<WatchEvent.Kind<?>> wanted) {
    kinds = wanted;
  }

  /** Tells of an entry, if that is waited for. */
  synchronized void tell(WatchEvent.Kind<Path> kind, String name) {
    if (valid && kinds.contains(kind) && TcplayPath.isName(name)) {
      events.add(kind, directory.getFileSystem().getPath(name));
      signal();
    }
  }

  /** Says that something has happened that nobody can tell. */
  synchronized void tellOverflow() {
    if (valid) {
      events.overflow();
      signal();
    }
  }

  private void signal() {
    if (!signalled) {
      signalled = true;
      service.enqueueKey(this);
    }
  }

  /** Says that there will be no more events, as the directory is gone. */
  synchronized void expire() {
    if (valid) {
      valid = false;
      signal();
    }
  }

  /**
   * Says that something has happened that nobody can tell, and that there will be no more events.
   */
  synchronized void expireWithOverflow() {
    if (valid) {
      events.overflow();
      expire();
    }
  }

  /** Says that nobody wants events any more. */
  synchronized void invalidate() {
    valid = false;
  }

  @Override
  public synchronized boolean isValid() {
    return valid;
  }

  @Override
  public synchronized List<WatchEvent<?>> pollEvents() {
    return events.take();
  }

  @Override
  public synchronized boolean reset() {
    if (signalled && valid) {
      signalled = false;
      if (!events.isEmpty()) {
        signal();
      }
    }
    return valid;
  }

  @Override
  public void cancel() {
    service.cancel(this);
  }

  @Override
  public TcplayPath watchable() {
    return directory;
  }
}
