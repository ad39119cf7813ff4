package dev.tcplay.fs.cluster;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The directory indexes in use, by node id. They take at most {@value #BUDGET_BYTES} bytes
 * together, or as much as the single largest: the least recently used ones are forgotten. Safe for
 * any number of threads.
 *
 * @param <I> what a driver knows of a directory
 */
public final class DirectoryCache<I extends DirectoryCache.Index> {

  /** What is known of a directory. */
  public interface Index {

    /** Returns roughly the bytes of memory that it takes. */
    long memory();
  }

  /** Reads a directory that is not in the cache. */
  public interface Loader<I> {

    /** Reads the directory. */
    I load() throws IOException;
  }

  private static final long BUDGET_BYTES = 4 << 20;

  /** An index, and the memory that it is counted with. */
  private static final class Entry<I> {

    private final I index;
    private long memory;

    private Entry(I index) {
      this.index = index;
    }
  }

  private final Map<Long, Entry<I>> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long memory;

  /** Starts with none. */
  public DirectoryCache() {}

  /** Returns an index; two threads that miss it may both read it, and one result is kept. */
  public I get(long id, Loader<I> loader) throws IOException {
    synchronized (entries) {
      Entry<I> known = entries.get(id);
      if (known != null) {
        return known.index;
      }
    }
    I loaded = loader.load();
    synchronized (entries) {
      Entry<I> known = entries.computeIfAbsent(id, absent -> new Entry<>(loaded));
      count(known);
      return known.index;
    }
  }

  /** Counts the memory of an index anew, if it is there, since it was changed. */
  public void changed(long id) {
    synchronized (entries) {
      Entry<I> known = entries.get(id);
      if (known != null) {
        count(known);
      }
    }
  }

  /** Forgets an index. */
  public void forget(long id) {
    synchronized (entries) {
      Entry<I> known = entries.remove(id);
      memory -= known == null ? 0 : known.memory;
    }
  }

  private void count(Entry<I> entry) {
    memory -= entry.memory;
    entry.memory = entry.index.memory();
    memory += entry.memory;
    Iterator<Entry<I>> eldest = entries.values().iterator();
    while (memory > BUDGET_BYTES && entries.size() > 1) {
      memory -= eldest.next().memory;
      eldest.remove();
    }
  }
}
