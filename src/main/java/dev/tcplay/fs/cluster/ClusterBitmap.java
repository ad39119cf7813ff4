package dev.tcplay.fs.cluster;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A bit for each of a known number of clusters, all of them clear at first. Bits are kept in pages;
 * a page whose bits are all equal takes no memory but its place in the directory, which has eight
 * bytes for 32,768 bits. Not safe for threads.
 *
 * <p>A change that finds no memory leaves each page as it was or as it is to be, and the count
 * right.
 */
public final class ClusterBitmap {

  private static final int PAGE_SHIFT = 15;
  private static final int PAGE_BITS = 1 << PAGE_SHIFT;

  private final long size;

  /** The pages; null for one whose bits are all set or all clear, as its count tells. */
  private final long[] @Nullable [] pages;

  /** How many bits of each page are set. */
  private final int[] counts;

  private long count;

  /** Makes a bitmap of so many bits, at most 2<sup>32</sup>. */
  public ClusterBitmap(long size) {
    if (size < 0 || size > 1L << 32) {
      throw new IllegalArgumentException("size " + size);
    }
    this.size = size;
    this.counts = new int[(int) ((size + PAGE_BITS - 1) >> PAGE_SHIFT)];
    this.pages = new long[counts.length][];
  }

  /** Returns how many bits there are, set or clear. */
  public long size() {
    return size;
  }

  /** Returns how many bits are set. */
  public long count() {
    return count;
  }

  /** Returns whether a bit is set; one that is not there is clear. */
  public boolean get(long bit) {
    if (bit < 0 || bit >= size) {
      return false;
    }
    int page = page(bit);
    long[] bits = pages[page];
    return bits == null ? counts[page] > 0 : (bits[word(bit)] & 1L << bit) != 0;
  }

  /** Sets the bits of a range. */
  public void set(long from, long to) {
    change(from, to, true);
  }

  /** Clears the bits of a range. */
  public void clear(long from, long to) {
    change(from, to, false);
  }

  /** Returns the first bit of a range that is set, the end of the range if there is none. */
  public long nextSet(long from, long to) {
    return next(from, to, true);
  }

  /** Returns the first bit of a range that is clear, the end of the range if there is none. */
  public long nextClear(long from, long to) {
    return next(from, to, false);
  }

  /** Returns roughly the bytes of memory that the bitmap takes. */
  public long memory() {
    long memory = 8L * counts.length;
    for (long[] bits : pages) {
      memory += bits == null ? 0 : 16 + 8L * bits.length;
    }
    return memory;
  }

  private static int page(long bit) {
    return (int) (bit >> PAGE_SHIFT);
  }

  private static int word(long bit) {
    return (int) (bit & (PAGE_BITS - 1)) / Long.SIZE;
  }

  /** Returns how many bits a page has; the last one may have fewer. */
  private int capacity(int page) {
    return (int) Math.min(PAGE_BITS, size - ((long) page << PAGE_SHIFT));
  }

  private void change(long from, long to, boolean value) {
    check(from, to);
    for (long at = from; at < to; ) {
      int page = page(at);
      long start = (long) page << PAGE_SHIFT;
      int end = (int) Math.min(capacity(page), to - start);
      change(page, (int) (at - start), end, value);
      at = start + end;
    }
  }

  private void check(long from, long to) {
    if (from < 0 || from > to || to > size) {
      throw new IndexOutOfBoundsException("bits " + from + " to " + to + " of " + size);
    }
  }

  private void change(int page, int from, int to, boolean value) {
    int capacity = capacity(page);
    int goal = value ? capacity : 0;
    if (counts[page] == goal) {
      return;
    }
    int now = goal;
    if (to - from < capacity) {
      long[] bits = bits(page);
      now = counts[page] + change(bits, from, to, value);
      pages[page] = bits;
    }
    count += now - counts[page];
    counts[page] = now;
    if (now == 0 || now == capacity) {
      pages[page] = null;
    }
  }

  /** Returns the bits of a page; only the caller knows them if they were all equal. */
  private long[] bits(int page) {
    long[] bits = pages[page];
    if (bits == null) {
      bits = new long[(capacity(page) + Long.SIZE - 1) / Long.SIZE];
      if (counts[page] > 0) {
        Arrays.fill(bits, -1);
      }
    }
    return bits;
  }

  /** Changes bits, and returns by how many more are set. */
  private static int change(long[] bits, int from, int to, boolean value) {
    int more = 0;
    for (int at = from; at < to; ) {
      int word = at / Long.SIZE;
      int end = Math.min(to, (word + 1) * Long.SIZE);
      long mask = -1L << at & -1L >>> -end;
      long old = bits[word];
      bits[word] = value ? old | mask : old & ~mask;
      more += Long.bitCount(bits[word]) - Long.bitCount(old);
      at = end;
    }
    return more;
  }

  private long next(long from, long to, boolean value) {
    check(from, to);
    for (long at = from; at < to; ) {
      int page = page(at);
      long start = (long) page << PAGE_SHIFT;
      long[] bits = pages[page];
      if (bits == null) {
        if (counts[page] > 0 == value) {
          return at;
        }
      } else {
        int found = next(bits, (int) (at - start), value);
        if (found < PAGE_BITS) {
          return Math.min(start + found, to);
        }
      }
      at = start + PAGE_BITS;
    }
    return to;
  }

  /** Returns the first bit of a value in a page, {@link #PAGE_BITS} if there is none. */
  private static int next(long[] bits, int from, boolean value) {
    long mask = -1L << from;
    for (int word = from / Long.SIZE; word < bits.length; word++) {
      long wanted = (value ? bits[word] : ~bits[word]) & mask;
      if (wanted != 0) {
        return word * Long.SIZE + Long.numberOfTrailingZeros(wanted);
      }
      mask = -1;
    }
    return PAGE_BITS;
  }
}
