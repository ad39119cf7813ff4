package dev.tcplay.fs.fat;

import dev.tcplay.fs.OpenNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

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

  private final Map<Long, Shared> files = new HashMap<>();

  /** Returns a new handle on a file, which is made if it is not open. */
  synchronized OpenNode open(long id, Supplier<FatFile> maker) {
    Shared shared = files.computeIfAbsent(id, i -> new Shared(maker.get()));
    shared.handles++;
    return new Handle(id, shared.file);
  }

  private synchronized void release(long id) {
    Shared shared = files.get(id);
    if (shared != null && --shared.handles == 0) {
      files.remove(id);
    }
  }

  private final class Handle implements OpenNode {

    private final long id;
    private final FatFile file;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Handle(long id, FatFile file) {
      this.id = id;
      this.file = file;
    }

    @Override
    public long size() {
      return file.size();
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
      return file.read(position, target, offset, length);
    }

    @Override
    public void close() {
      if (!closed.getAndSet(true)) {
        release(id);
      }
    }
  }
}
