package dev.tcplay.nio;

import dev.tcplay.container.Closer;
import dev.tcplay.container.NamedFailures;
import dev.tcplay.fs.MountedVolume;
import java.io.Closeable;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A mounted volume and what was opened through it, which are closed together, once nobody calls the
 * volume any more.
 */
final class VolumeResources {

  private final MountedVolume volume;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

  /** Held by those who close contents, and alone by whoever closes the volume. */
  private final ReadWriteLock finishing = new ReentrantReadWriteLock();

  /** Whether nothing is done with the volume any more; guarded by {@link #finishing}. */
  private boolean gone;

  private final AtomicBoolean closing = new AtomicBoolean();

  /**
   * Whether closing came to its end; it did not if it met an Error such as that of a full stack.
   */
  private volatile boolean ended;

  /** Made in good time, since closing may find no memory. */
  private final Closeable volumeCloser = this::closeVolume;

  VolumeResources(MountedVolume volume) {
    this.volume = volume;
  }

  /** Remembers an open resource, to be closed with the volume. Called inside a call of that. */
  void add(Closeable resource) {
    open.add(resource);
  }

  /** Forgets a resource that was closed. */
  void remove(Closeable resource) {
    open.remove(resource);
  }

  /**
   * Closes contents, also while the volume is being closed and after that.
   *
   * @param last done before, as long as the volume is there
   */
  void finish(Closeable contents, VolumeAccess.Action last) throws IOException {
    finishing.readLock().lock();
    try (contents) {
      if (!gone) {
        last.on(volume);
      }
    } finally {
      finishing.readLock().unlock();
    }
  }

  /**
   * Closes everything. Only the first call acts; or a later one, if an Error has ended that.
   *
   * @param afterwards closed when all is closed
   * @throws IOException the first failure, with the others suppressed; all is closed nevertheless
   */
  void close(Closeable afterwards) throws IOException {
    if (ended || closing.getAndSet(true)) {
      return;
    }
    try (afterwards;
        volumeCloser;
        Closer all = new Closer()) {
      for (Closeable resource : open) {
        all.add(resource);
      }
    } finally {
      closing.set(false);
    }
  }

  private void closeVolume() throws IOException {
    finishing.writeLock().lock();
    try {
      gone = true;
      try {
        volume.close();
        ended = true;
      } catch (IOException e) {
        ended = true;
        throw e;
      } catch (RuntimeException e) {
        ended = true;
        throw NamedFailures.ofClosing(e, volume.type());
      }
    } finally {
      finishing.writeLock().unlock();
    }
  }
}
