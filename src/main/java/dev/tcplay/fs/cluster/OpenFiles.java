package dev.tcplay.fs.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The open files by node id: each is there once, as long as a handle on it is open. Thread-safe.
 *
 * @param <F> what a driver has of an open file
 */
public final class OpenFiles<F extends SharedFile> {

  private static final class Entry<F> {

    private final F file;
    private int handles;

    private Entry(F file) {
      this.file = file;
    }
  }

  private final NodeIds ids;
  private final Map<Long, Entry<F>> files = new HashMap<>();

  /** Starts with none. */
  public OpenFiles(NodeIds ids) {
    this.ids = ids;
  }

  /**
   * Adds a handle on a file, which is made if it is not open; under the lock of its directory. Who
   * adds one {@linkplain #release releases} it.
   */
  public F open(long id, Supplier<F> maker) throws IOException {
    F file;
    synchronized (files) {
      Entry<F> entry = files.get(id);
      if (entry == null) {
        entry = new Entry<>(maker.get());
        files.put(entry.file.id(), entry);
      }
      entry.handles++;
      file = entry.file;
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
  public @Nullable F get(long id) {
    synchronized (files) {
      Entry<F> entry = files.get(id);
      return entry == null ? null : entry.file;
    }
  }

  /** Returns all open files. */
  public List<F> all() {
    synchronized (files) {
      return files.values().stream().map(entry -> entry.file).toList();
    }
  }

  /**
   * Takes note that a file was deleted; under the lock of its directory.
   *
   * @return whether it is open: then its clusters are freed when the last handle is released
   */
  public boolean unlink(long id) {
    synchronized (files) {
      Entry<F> entry = files.get(id);
      if (entry != null) {
        entry.file.unlink();
      }
      return entry != null;
    }
  }

  /** Frees what deleted files have, though somebody has not closed them: nobody can any more. */
  public void releaseUnlinked() throws IOException {
    List<F> unlinked = new ArrayList<>();
    synchronized (files) {
      for (Entry<F> entry : files.values()) {
        if (entry.file.isUnlinked()) {
          unlinked.add(entry.file);
        }
      }
      unlinked.forEach(file -> files.remove(file.id()));
    }
    for (F file : unlinked) {
      file.free();
    }
  }

  /** Gives a handle back. With the last one the file is gone from here, whatever fails. */
  public void release(F file) throws IOException {
    Long id = file.id();
    synchronized (files) {
      Entry<F> entry = files.get(id);
      if (entry == null || --entry.handles > 0) {
        return;
      }
      files.remove(id);
    }
    if (file.isUnlinked()) {
      try {
        file.free();
      } finally {
        ids.closed(id);
      }
    } else {
      file.giveBack();
    }
  }
}
