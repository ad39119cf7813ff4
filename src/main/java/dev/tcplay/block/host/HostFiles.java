package dev.tcplay.block.host;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A host file that this process has open, for all who use it. No channel on it is closed before the
 * last one is done: on POSIX systems closing any channel drops the locks of all.
 *
 * <p>A thread that opens or closes a file holds the monitor of that file alone, also during I/O: a
 * host inside another container needs the monitor of its own host meanwhile.
 */
final class HostFiles {

  private static final ConcurrentMap<Identity, HostFiles> OPEN = new ConcurrentHashMap<>();

  /**
   * A file, by whatever path; {@code key} is the provider's key, or the path if it has none, or the
   * number of a device, of which there may be several nodes.
   */
  private record Identity(FileSystem fileSystem, Object key) {}

  private final Identity identity;

  /** One for all, and another one where a writer comes to those who opened it for reading. */
  private final List<HostFile> files = new ArrayList<>();

  private final List<Use> uses = new ArrayList<>();

  /** The times that the file gets back at the end, null unless all its users want that. */
  private @Nullable HostTimes times;

  /** Whether nobody uses the file any more: whoever opens it begins anew. */
  private boolean gone;

  private HostFiles(Identity identity) {
    this.identity = identity;
  }

  /** One user's share of an open file. */
  static final class Use implements Closeable {

    private final HostFiles shared;
    private final HostFile file;
    private final boolean locked;
    private final String owner;
    private final int sectorSize;
    private volatile boolean readOnly;

    private Use(HostFiles shared, HostFile file, boolean readOnly, HostOpen how, int sectorSize) {
      this.shared = shared;
      this.file = file;
      this.readOnly = readOnly;
      this.locked = how.lock();
      this.owner = how.owner();
      this.sectorSize = sectorSize;
    }

    HostFile file() {
      return file;
    }

    boolean isReadOnly() {
      return readOnly;
    }

    /** Returns the bytes that the host reads and writes as one. */
    int sectorSize() {
      return sectorSize;
    }

    /**
     * Fails if the lock was lost, so that its user must not go on.
     *
     * @param writing whether it goes on to write; a writer may go on reading
     */
    void checkLock(boolean writing) throws FileSystemException {
      if (!locked) {
        return;
      }
      if (readOnly) {
        file.lock().checkReaders();
      } else if (writing) {
        file.lock().checkWriter();
      }
    }

    /** Takes a last look, and fails if the lock is lost or another program has come in between. */
    void checkAtEnd() throws FileSystemException {
      if (locked) {
        file.lock().keepLock();
        checkLock(true);
      }
    }

    /** Makes a reader of a writer, so that other readers may come. */
    void stopWriting() throws IOException {
      synchronized (shared) {
        readOnly = true;
        shared.adjustLock(file);
      }
    }

    @Override
    public void close() throws IOException {
      synchronized (shared) {
        if (shared.uses.remove(this)) {
          shared.leave(file);
        }
      }
    }
  }

  /** Opens a file, for reading only if it cannot be written, and locks it if wished. */
  static Use open(Path path, HostOpen how) throws IOException {
    FoundHost found = FoundHost.at(path);
    Identity identity = new Identity(found.file().getFileSystem(), found.identity());
    boolean reading = how.readOnly() || !found.isWritable();
    if (how.lock() && !reading) {
      Optional<String> user = found.device().flatMap(DeviceNode::user);
      if (user.isPresent()) {
        throw new HostInUseException(path.toString(), user.get());
      }
    }
    while (true) {
      HostFiles shared = OPEN.computeIfAbsent(identity, HostFiles::new);
      synchronized (shared) {
        if (shared.gone) {
          continue;
        }
        // Whoever asked for the file before us, such as another provider, may have dropped its
        // lock.
        shared.files.forEach(file -> file.lock().keepLock());
        try {
          if (how.lock()) {
            shared.checkFree(path, reading);
          }
          if (shared.uses.isEmpty()) {
            shared.times = how.keepTimes() ? HostTimes.of(found.file()) : null;
          }
          HostFile opened = shared.file(found, reading);
          Use use = shared.use(opened, reading || opened.isReadOnly(), how, found.sectorSize());
          if (!how.keepTimes()) {
            shared.times = null;
          }
          return use;
        } catch (IOException | RuntimeException | Error e) {
          shared.closeIfUnused();
          throw e;
        }
      }
    }
  }

  private Use use(HostFile file, boolean readOnly, HostOpen how, int sectorSize)
      throws IOException {
    Use use = new Use(this, file, readOnly, how, sectorSize);
    uses.add(use);
    try {
      adjustLock(file);
    } catch (IOException | RuntimeException | Error e) {
      uses.remove(use);
      // It may have failed behind the lock, which the others need not have.
      adjustQuietly(file);
      throw e;
    }
    return use;
  }

  private void adjustQuietly(HostFile file) {
    try {
      adjustLock(file);
    } catch (IOException | RuntimeException e) {
      // The first failure is told.
    }
  }

  /** Locks a file as those who use it need. */
  private void adjustLock(HostFile file) throws IOException {
    HostLock.Kind needed = HostLock.Kind.NONE;
    for (Use use : uses) {
      if (use.file == file && use.locked) {
        needed =
            use.readOnly && needed != HostLock.Kind.EXCLUSIVE
                ? HostLock.Kind.SHARED
                : HostLock.Kind.EXCLUSIVE;
      }
    }
    file.lock().change(needed);
  }

  private void leave(HostFile file) throws IOException {
    if (uses.isEmpty()) {
      closeIfUnused();
    } else {
      adjustLock(file);
    }
  }

  private void checkFree(Path path, boolean reading) throws HostInUseException {
    for (Use use : uses) {
      if (use.locked && !(reading && use.readOnly)) {
        throw new HostInUseException(path.toString(), use.owner);
      }
    }
  }

  /** Returns what is open already, if it serves; else opens the file once more. */
  private HostFile file(FoundHost found, boolean reading) throws IOException {
    // One process cannot lock a range twice, so what has a lock comes first.
    Optional<HostFile> open =
        files.stream()
            .filter(file -> (reading || !file.isReadOnly()) && !file.lock().isLostToReaders())
            .max(Comparator.comparing(file -> file.lock().kind()));
    if (open.isPresent()) {
      return open.get();
    }
    HostFile fresh = found.open(reading);
    try {
      if (!fresh.isReadOnly()) {
        files.forEach(file -> file.lock().allowWritingBeside());
      }
      files.add(fresh);
      return fresh;
    } catch (RuntimeException | Error e) {
      fresh.close();
      throw e;
    }
  }

  /** Gives the file its times back, as long as locks keep others out. */
  private void restoreTimes() {
    if (times != null && files.stream().allMatch(HostFile::isOnlyOurs)) {
      times.restore(files.stream().anyMatch(HostFile::isWritten));
    }
  }

  /** Closes all channels, whatever fails, unless somebody uses the file. */
  private void closeIfUnused() throws IOException {
    if (!uses.isEmpty()) {
      return;
    }
    gone = true;
    restoreTimes();
    IOException failure = null;
    try {
      for (HostFile file : files) {
        try {
          file.close();
        } catch (IOException | RuntimeException e) {
          if (failure == null) {
            failure = e instanceof IOException plain ? plain : new IOException(e);
          } else {
            failure.addSuppressed(e);
          }
        }
      }
      files.clear();
    } finally {
      OPEN.remove(identity, this);
    }
    if (failure != null) {
      throw failure;
    }
  }
}
