package dev.tcplay.fs.fat;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The directory indexes in use, by node id. They take at most {@value #BUDGET_BYTES} bytes
 * together, or as much as the single largest: the least recently used ones are forgotten. Safe for
 * any number of threads.
 */
final class DirectoryCache {

  /** Reads a directory that is not in the cache. */
  interface Loader {
    Directory load() throws IOException;
  }

  private static final long BUDGET_BYTES = 4 << 20;

  private final Map<Long, Directory> directories = new LinkedHashMap<>(16, 0.75f, true);
  private long memory;

  /** Returns a directory; two threads that miss it may both read it, and one result is kept. */
  Directory get(long id, Loader loader) throws IOException {
    synchronized (directories) {
      Directory known = directories.get(id);
      if (known != null) {
        return known;
      }
    }
    Directory loaded = loader.load();
    synchronized (directories) {
      Directory known = directories.putIfAbsent(id, loaded);
      if (known != null) {
        return known;
      }
      memory += loaded.memory();
      evict();
      return loaded;
    }
  }

  private void evict() {
    Iterator<Directory> eldest = directories.values().iterator();
    while (memory > BUDGET_BYTES && directories.size() > 1) {
      memory -= eldest.next().memory();
      eldest.remove();
    }
  }
}
