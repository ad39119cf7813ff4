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
    DirectoryIndex load() throws IOException;
  }

  private static final long BUDGET_BYTES = 4 << 20;

  /** An index, and the memory that it is counted with. */
  private static final class Entry {

    private final DirectoryIndex index;
    private long memory;

    private Entry(DirectoryIndex index) {
      this.index = index;
    }
  }

  private final Map<Long, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long memory;

  /** Returns an index; two threads that miss it may both read it, and one result is kept. */
  DirectoryIndex get(long id, Loader loader) throws IOException {
    synchronized (entries) {
      Entry known = entries.get(id);
      if (known != null) {
        return known.index;
      }
    }
    DirectoryIndex loaded = loader.load();
    synchronized (entries) {
      Entry known = entries.computeIfAbsent(id, absent -> new Entry(loaded));
      count(known);
      return known.index;
    }
  }

  /** Counts the memory of an index anew, if it is there, since it was changed. */
  void changed(long id) {
    synchronized (entries) {
      Entry known = entries.get(id);
      if (known != null) {
        count(known);
      }
    }
  }

  /** Forgets an index. */
  void forget(long id) {
    synchronized (entries) {
      Entry known = entries.remove(id);
      memory -= known == null ? 0 : known.memory;
    }
  }

  private void count(Entry entry) {
    memory -= entry.memory;
    entry.memory = entry.index.memory();
    memory += entry.memory;
    Iterator<Entry> eldest = entries.values().iterator();
    while (memory > BUDGET_BYTES && entries.size() > 1) {
      memory -= eldest.next().memory;
      eldest.remove();
    }
  }
}
