package dev.tcplay.fs.cluster;

import java.util.HashMap;
import java.util.Map;

/**
 * A set of clusters as pages of bits that are made when first touched: at most a bit for every
 * cluster of the volume, and very little for files in few pieces. Not safe for threads. If it finds
 * no memory for a cluster, that is not added.
 */
public final class ClusterSet {

  private static final int PAGE_SHIFT = 12;
  private static final int PAGE_BITS = 1 << PAGE_SHIFT;
  private static final int PAGE_BYTES = PAGE_BITS / 8 + 80;

  /** The pages by number: of 2<sup>32</sup> clusters there are 2<sup>20</sup>. */
  private final Map<Integer, long[]> pages = new HashMap<>();

  private int lastPage = -1;
  private long[] lastBits = new long[0];

  /** Makes an empty set. */
  public ClusterSet() {}

  /** Adds a cluster and returns whether it was not there. */
  public boolean add(long cluster) {
    int page = page(cluster);
    if (page != lastPage) {
      lastBits = pages.computeIfAbsent(page, absent -> new long[PAGE_BITS / Long.SIZE]);
      lastPage = page;
    }
    int word = word(cluster);
    long bit = 1L << cluster;
    boolean added = (lastBits[word] & bit) == 0;
    lastBits[word] |= bit;
    return added;
  }

  /** Returns whether a cluster is there. */
  public boolean contains(long cluster) {
    long[] bits = pages.get(page(cluster));
    return bits != null && (bits[word(cluster)] & 1L << cluster) != 0;
  }

  /** Returns roughly the bytes of memory that the set takes. */
  public long memory() {
    return (long) pages.size() * PAGE_BYTES;
  }

  private static int page(long cluster) {
    return (int) (cluster >> PAGE_SHIFT);
  }

  private static int word(long cluster) {
    return (int) (cluster & (PAGE_BITS - 1)) / Long.SIZE;
  }
}
