package dev.tcplay.block;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The host files that this process has open, each with one channel and one lock for all who use it.
 * A second channel would be a danger: on POSIX systems closing it drops the lock of the first. Only
 * a writer that wants no lock gets one, where readers have the file open.
 */
final class HostFiles {

  private static final Map<Identity, HostFiles> OPEN = new HashMap<>();

  /** A file, by whatever path; {@code key} is the provider's key, or the path if it has none. */
  private record Identity(FileSystem fileSystem, Object key) {}

  private final Identity identity;
  private final HostFile file;
  private final List<Use> uses = new ArrayList<>();

  private HostFiles(Identity identity, HostFile file) {
    this.identity = identity;
    this.file = file;
  }

  /** One user's share of an open file. */
  static final class Use implements Closeable {

    private final HostFiles shared;
    private final boolean readOnly;
    private final boolean locked;
    private final String owner;

    private Use(HostFiles shared, boolean readOnly, boolean locked, String owner) {
      this.shared = shared;
      this.readOnly = readOnly;
      this.locked = locked;
      this.owner = owner;
    }

    HostFile file() {
      return shared.file;
    }

    boolean isReadOnly() {
      return readOnly;
    }

    @Override
    public void close() throws IOException {
      synchronized (OPEN) {
        if (shared.uses.remove(this) && shared.uses.isEmpty()) {
          OPEN.remove(shared.identity, shared);
          shared.file.close();
        }
      }
    }
  }

  /** Opens a file, for reading only if it cannot be written, and locks it if wished. */
  static Use open(Path path, boolean readOnly, boolean lock, String owner) throws IOException {
    Path file = path.toRealPath();
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      throw new FileSystemException(path.toString(), null, "is a directory");
    }
    Object key = attributes.fileKey();
    Identity identity = new Identity(file.getFileSystem(), key == null ? file : key);
    boolean reading = readOnly || !Files.isWritable(file);
    synchronized (OPEN) {
      HostFiles shared = OPEN.get(identity);
      if (shared != null && lock) {
        shared.checkFree(path, reading);
      }
      if (shared == null || (shared.file.isReadOnly() && !reading)) {
        shared = new HostFiles(identity, openFile(file, reading, key));
      }
      return shared.use(reading || shared.file.isReadOnly(), lock, owner);
    }
  }

  private static HostFile openFile(Path file, boolean readOnly, @Nullable Object key)
      throws IOException {
    if (!readOnly) {
      try {
        return HostFile.open(file, false, key);
      } catch (AccessDeniedException | UnsupportedOperationException e) {
        // What cannot be written can often be read; a read-only file system throws the second.
        return HostFile.open(file, true, key);
      }
    }
    return HostFile.open(file, true, key);
  }

  private void checkFree(Path path, boolean reading) throws HostInUseException {
    for (Use use : uses) {
      if (use.locked && !(reading && use.readOnly)) {
        throw new HostInUseException(path.toString(), use.owner);
      }
    }
  }

  private Use use(boolean readOnly, boolean lock, String owner) throws IOException {
    Use use = new Use(this, readOnly, lock, owner);
    uses.add(use);
    try {
      if (lock && !file.isLocked()) {
        file.lock();
      }
    } catch (IOException | RuntimeException e) {
      use.close();
      throw e;
    }
    OPEN.putIfAbsent(identity, this);
    return use;
  }
}
