package dev.tcplay.fs.cluster;

import org.jspecify.annotations.Nullable;

/** A chain that is known from its first cluster to its last, as it was at one time. Immutable. */
final class ExtentSnapshot {

  private final ExtentList extents;
  private final long length;

  /**
   * Takes the extents of a whole chain.
   *
   * @param extents without a gap; they are copied
   * @param length how many clusters the chain has
   */
  ExtentSnapshot(ExtentList extents, long length) {
    this.extents = extents.copy();
    this.length = length;
  }

  /** Returns the bytes of memory that the numbers take. */
  long memory() {
    return extents.memory();
  }

  /** Finds a cluster and those behind it, as {@link ExtentMap#find} says. */
  @Nullable Extent find(long place, long most) {
    if (place >= length) {
      return null;
    }
    int index = extents.indexAt(place);
    long skip = place - extents.place(index);
    return new Extent(extents.cluster(index) + skip, Math.min(most, extents.length(index) - skip));
  }
}
