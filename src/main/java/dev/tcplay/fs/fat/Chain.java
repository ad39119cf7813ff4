package dev.tcplay.fs.fat;

/**
 * A chain, and how much of it is an entry's own. Clusters behind those that a size needs may be
 * others' ones: which they are could only be told by a walk along all chains. Immutable.
 *
 * @param first the first cluster, 0 if there is none
 * @param length how many clusters are the entry's own at most
 */
record Chain(long first, long length) {

  /** No clusters. */
  static final Chain NONE = new Chain(0, 0);

  /** A chain of which all is the entry's own, as of a directory, or of a file without a size. */
  static Chain whole(long first) {
    return new Chain(first, Long.MAX_VALUE);
  }

  /** Returns the chain of an entry. */
  static Chain of(DirectoryEntry entry, Geometry geometry) {
    return entry.isDirectory()
        ? whole(entry.firstCluster())
        : of(entry.firstCluster(), entry.size(), geometry);
  }

  /** Returns the chain of a file. */
  static Chain of(long first, long size, Geometry geometry) {
    return size == 0 ? whole(first) : new Chain(first, geometry.clustersFor(size));
  }
}
