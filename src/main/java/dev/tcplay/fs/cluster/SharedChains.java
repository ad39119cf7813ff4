package dev.tcplay.fs.cluster;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * First clusters to which more than one entry leads, of a volume that was not closed in order. Such
 * a chain must not be freed or written as long as another entry leads to it. Safe for any number of
 * threads.
 */
public final class SharedChains {

  private final Map<Long, Integer> names = new ConcurrentHashMap<>();

  /** Starts with none. */
  public SharedChains() {}

  /** Takes note that so many entries, at least two, lead to a chain. */
  public void add(long firstCluster, int entries) {
    names.put(firstCluster, entries);
  }

  /** Returns whether more than one entry leads to a chain. */
  public boolean contains(long firstCluster) {
    return names.containsKey(firstCluster);
  }

  /** Returns whether a chain stays in use when an entry that led to it is gone; counts it off. */
  public boolean outlives(long firstCluster) {
    boolean shared = names.containsKey(firstCluster);
    names.computeIfPresent(firstCluster, (first, entries) -> entries > 2 ? entries - 1 : null);
    return shared;
  }
}
