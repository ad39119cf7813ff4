package dev.tcplay.fs.fat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * First clusters to which more than one entry leads, of a volume that was not closed in order. Such
 * a chain must not be freed or written as long as another entry leads to it. Safe for any number of
 * threads.
 */
final class SharedChains {

  private final Map<Integer, Integer> names = new ConcurrentHashMap<>();

  /** Takes note that so many entries, at least two, lead to a chain. */
  void add(int firstCluster, int entries) {
    names.put(firstCluster, entries);
  }

  /** Returns whether more than one entry leads to a chain. */
  boolean contains(int firstCluster) {
    return names.containsKey(firstCluster);
  }

  /** Returns whether a chain stays in use when an entry that led to it is gone; counts it off. */
  boolean outlives(int firstCluster) {
    boolean shared = names.containsKey(firstCluster);
    names.computeIfPresent(firstCluster, (first, entries) -> entries > 2 ? entries - 1 : null);
    return shared;
  }
}
