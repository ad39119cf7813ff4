package dev.tcplay.serve.sftp;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.HashMap;
import java.util.Map;

/** What a client has open, under the handles that it was given. Used by one thread at a time. */
final class Handles {

  static final int LIMIT = 1000;

  private final Map<String, Closeable> open = new HashMap<>();
  private int last;

  /** Refuses one more where there are as many as may be. */
  void checkRoom() throws FileSystemException {
    if (open.size() >= LIMIT) {
      throw new FileSystemException("", null, "too many open files");
    }
  }

  /** Returns the handle of what was opened. */
  String add(Closeable opened) {
    String handle;
    do {
      handle = Integer.toHexString(last++);
    } while (open.putIfAbsent(handle, opened) != null);
    return handle;
  }

  <T extends Closeable> T get(String handle, Class<T> type) throws IOException {
    Closeable opened = open.get(handle);
    if (!type.isInstance(opened)) {
      throw new BadMessageException("No such handle");
    }
    return type.cast(opened);
  }

  void close(String handle) throws IOException {
    Closeable opened = open.remove(handle);
    if (opened == null) {
      throw new BadMessageException("No such handle");
    }
    opened.close();
  }

  /**
   * Closes all.
   *
   * @throws IOException if one could not be closed; the others are
   */
  void closeAll() throws IOException {
    IOException failure = null;
    for (Closeable opened : open.values()) {
      try {
        opened.close();
      } catch (IOException | RuntimeException e) {
        IOException thrown = e instanceof IOException io ? io : new IOException(e);
        if (failure == null) {
          failure = thrown;
        } else {
          failure.addSuppressed(thrown);
        }
      }
    }
    open.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
