package dev.tcplay.fs.fat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The open files by node id: each is there once, as long as a handle on it is open. Thread-safe.
 */
final class OpenFiles {

  private static final class Shared {

    private final FatFile file;
    private int handles;

    private Shared(FatFile file) {
      this.file = file;
    }
  }

  private final NodeIds ids;
  private final Map<Long, Shared> files = new HashMap<>();

  OpenFiles(NodeIds ids) {
    this.ids = ids;
  }

  /**
   * Adds a handle on a file, which is made if it is not open; under the lock of its directory. Who
   * adds one {@linkplain #release releases} it.
   */
  FatFile open(long id, Supplier<FatFile> maker) throws IOException {
    FatFile file;
    synchronized (files) {
      Shared shared = files.computeIfAbsent(id, absent -> new Shared(maker.get()));
      shared.handles++;
      file = shared.file;
    }
    try {
      file.load();
      return file;
    } catch (Throwable e) {
      release(file);
      throw e;
    }
  }

  /** Returns a file if it is open. */
  @Nullable FatFile get(long id) {
    synchronized (files) {
      Shared shared = files.get(id);
      return shared == null ? null : shared.file;
    }
  }

  /** Returns all open files. */
  List<FatFile> all() {
    synchronized (files) {
      return files.values().stream().map(shared -> shared.file).toList();
    }
  }

  /**
   * Takes note that a file was deleted; under the lock of its directory.
   *
   * @return whether it is open: then its clusters are freed when the last handle is released
   */
  boolean unlink(long id) {
    synchronized (files) {
      Shared shared = files.get(id);
      if (shared != null) {
        shared.file.entry().unlink();
      }
      return shared != null;
    }
  }

  /** Frees what deleted files have, though somebody has not closed them: nobody can any more. */
  void releaseUnlinked() throws IOException {
    List<FatFile> unlinked = new ArrayList<>();
    synchronized (files) {
      for (Shared shared : files.values()) {
        if (shared.file.entry().isUnlinked()) {
          unlinked.add(shared.file);
        }
      }
      unlinked.forEach(file -> files.remove(file.entry().id()));
    }
    for (FatFile file : unlinked) {
      file.release();
    }
  }

  /** Gives a handle back. */
  void release(FatFile file) throws IOException {
    long id = file.entry().id();
    synchronized (files) {
      Shared shared = files.get(id);
      if (shared == null || --shared.handles > 0) {
        return;
      }
      files.remove(id);
    }
    if (file.entry().isUnlinked()) {
      file.release();
      ids.closed(id);
    } else {
      file.abandon();
    }
  }
}
