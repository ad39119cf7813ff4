package dev.tcplay.fs.cluster;

import java.util.Arrays;

/**
 * The extents of a chain in the order of the chain, each with its place there: the number of
 * clusters before it. Between two of them some of the chain may be missing. Not safe for threads.
 *
 * <p>Three unsigned ints for each extent, in one array: a change that finds no memory to grow
 * changes nothing.
 */
final class ExtentList {

  /** The ints of an extent: place, cluster and length. */
  private static final int WIDTH = 3;

  private static final int[] NONE = {};

  private int[] numbers = NONE;
  private int size;

  /** Returns how many extents there are. */
  int size() {
    return size;
  }

  /** Returns at which place of the chain an extent begins. */
  long place(int index) {
    return Integer.toUnsignedLong(numbers[WIDTH * index]);
  }

  /** Returns the first cluster of an extent. */
  long cluster(int index) {
    return Integer.toUnsignedLong(numbers[WIDTH * index + 1]);
  }

  /** Returns how many clusters an extent has. */
  long length(int index) {
    return Integer.toUnsignedLong(numbers[WIDTH * index + 2]);
  }

  /** Returns the place behind an extent. */
  long end(int index) {
    return place(index) + length(index);
  }

  /** Returns the last extent that does not begin behind a place, -1 if all do. */
  int indexAt(long place) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (place(middle) <= place) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  /** Returns whether no cluster is missing before a place. */
  boolean isWholeUpTo(long place) {
    long at = 0;
    for (int i = 0; i < size && place(i) == at; i++) {
      at = end(i);
    }
    return at == place;
  }

  /** Makes room for so many extents more, so that adding them cannot fail. */
  void reserve(int more) {
    int needed = WIDTH * (size + more);
    if (needed > numbers.length) {
      int roomy = size == 0 ? needed : Math.max(needed, 2 * numbers.length);
      numbers = Arrays.copyOf(numbers, roomy);
    }
  }

  /**
   * Adds an extent, which {@linkplain #reserve room} was made for, or makes the last one longer.
   */
  void add(long place, long cluster, long length) {
    int last = size - 1;
    if (last >= 0 && end(last) == place && cluster(last) + length(last) == cluster) {
      setLength(last, length(last) + length);
    } else {
      numbers[WIDTH * size] = (int) place;
      numbers[WIDTH * size + 1] = (int) cluster;
      size++;
      setLength(last + 1, length);
    }
  }

  /** Forgets all from a place on. */
  void cut(long place) {
    size = place == 0 ? 0 : indexAt(place - 1) + 1;
    if (size > 0) {
      setLength(size - 1, Math.min(length(size - 1), place - place(size - 1)));
    }
  }

  private void setLength(int index, long length) {
    numbers[WIDTH * index + 2] = (int) length;
  }

  /** Forgets every second extent; the first one stays. */
  void halve() {
    size = (size + 1) / 2;
    for (int i = 1; i < size; i++) {
      System.arraycopy(numbers, 2 * WIDTH * i, numbers, WIDTH * i, WIDTH);
    }
  }

  /** Returns a list with the same extents and no room for more. */
  ExtentList copy() {
    ExtentList copy = new ExtentList();
    copy.numbers = Arrays.copyOf(numbers, WIDTH * size);
    copy.size = size;
    return copy;
  }

  /** Returns the bytes of memory that the numbers take. */
  long memory() {
    return (long) Integer.BYTES * numbers.length;
  }
}
