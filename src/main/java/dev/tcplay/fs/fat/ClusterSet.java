package dev.tcplay.fs.fat;

import java.util.HashMap;
import java.util.Map;

/**
 * A set of clusters as pages of bits that are made when first touched: at most a bit for every
 * cluster of the volume, and very little for files in few pieces. Not safe for threads.
 */
final class ClusterSet {

  private static final int PAGE_BITS = 12;
  private static final int PAGE_BYTES = (1 << PAGE_BITS) / 8 + 80;

  private final Map<Integer, long[]> pages = new HashMap<>();
  private int lastPage = -1;
  private long[] lastBits = new long[0];

  /** Adds a cluster and returns whether it was not there. */
  boolean add(int cluster) {
    int page = cluster >>> PAGE_BITS;
    if (page != lastPage) {
      lastBits = pages.computeIfAbsent(page, p -> new long[(1 << PAGE_BITS) / Long.SIZE]);
      lastPage = page;
    }
    int word = (cluster & ((1 << PAGE_BITS) - 1)) / Long.SIZE;
    long bit = 1L << cluster;
    boolean added = (lastBits[word] & bit) == 0;
    lastBits[word] |= bit;
    return added;
  }

  /** Returns whether a cluster is there. */
  boolean contains(int cluster) {
    long[] bits = pages.get(cluster >>> PAGE_BITS);
    int word = (cluster & ((1 << PAGE_BITS) - 1)) / Long.SIZE;
    return bits != null && (bits[word] & 1L << cluster) != 0;
  }

  /** Returns roughly the bytes of memory that the set takes. */
  long memory() {
    return (long) pages.size() * PAGE_BYTES;
  }
}
