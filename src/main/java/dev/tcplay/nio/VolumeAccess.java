package dev.tcplay.nio;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.MountedVolume;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The only way to a mounted volume. Calls run side by side until the file system is closed; closing
 * waits for those that run, closes what was opened through it, then the volume.
 *
 * <p>A thread's interrupt does not disturb a call, as it does not disturb the default file system;
 * the thread keeps its interrupt status, and channels that are interruptible look at it.
 */
final class VolumeAccess {

  /** Something done with a volume. It may be done again after an interrupt. */
  @FunctionalInterface
  interface Call<T> {
    T on(MountedVolume volume) throws IOException;
  }

  /** As {@link Call}, without a result. */
  @FunctionalInterface
  interface Action {
    void on(MountedVolume volume) throws IOException;
  }

  private final MountedVolume volume;
  private final ReadWriteLock calls = new ReentrantReadWriteLock();
  private volatile boolean closed;
  private final Set<Closeable> resources = ConcurrentHashMap.newKeySet();

  VolumeAccess(MountedVolume volume) {
    this.volume = volume;
  }

  boolean isOpen() {
    return !closed;
  }

  /**
   * Makes a call on behalf of a path, which exceptions name as the caller wrote it.
   *
   * @throws ClosedFileSystemException if the file system is closed
   */
  <T> T call(Path path, Call<T> call) throws IOException {
    calls.readLock().lock();
    try {
      if (!isOpen()) {
        throw new ClosedFileSystemException();
      }
      return uninterrupted(call);
    } catch (CorruptFileSystemException e) {
      CorruptFileSystemException named =
          new CorruptFileSystemException(path.toString(), e.getReason());
      named.initCause(e);
      throw named;
    } finally {
      calls.readLock().unlock();
    }
  }

  /** Makes a call without a result, as {@link #call}. */
  void run(Path path, Action action) throws IOException {
    call(
        path,
        volume -> {
          action.on(volume);
          return path;
        });
  }

  private <T> T uninterrupted(Call<T> call) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        try {
          return call.on(volume);
        } catch (ClosedByInterruptException e) {
          // The host's channel closed itself; the next call opens it again.
          if (!Thread.currentThread().isInterrupted()) {
            throw e;
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Remembers an open resource, to be closed with the file system. Made inside a call. */
  void opened(Closeable resource) {
    resources.add(resource);
  }

  /** Forgets a resource that was closed. */
  void closed(Closeable resource) {
    resources.remove(resource);
  }

  /**
   * Closes everything. Only the first call acts.
   *
   * @param afterwards runs when all is closed
   * @throws IOException the first failure, with the others suppressed; all is closed nevertheless
   */
  void close(Runnable afterwards) throws IOException {
    calls.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
    } finally {
      calls.writeLock().unlock();
    }
    try (Closer closer = new Closer()) {
      closer.add(afterwards::run);
      closer.add(volume);
      resources.forEach(closer::add);
    }
  }
}
