package dev.tcplay.fs.cluster;

/** Where the clusters of a volume lie, in bytes from its start. Immutable. */
public interface ClusterPlaces {

  /** Returns the bytes in a cluster, a power of two. */
  int clusterSize();

  /** Returns how many clusters so many bytes take, at most what a {@code long} can hold. */
  default long clustersFor(long bytes) {
    return bytes / clusterSize() + (bytes % clusterSize() == 0 ? 0 : 1);
  }

  /** Returns where a cluster begins. */
  long position(long cluster);

  /** Returns the most bytes that a file can have. */
  long largestFile();

  /** Returns the bytes of the volume by its own account. */
  long length();
}
