package dev.tcplay.fs.cluster;

/** Where the clusters of a volume lie, in bytes from its start. Immutable. */
public interface ClusterPlaces {

  /** Returns the bytes in a cluster, a power of two. */
  int clusterSize();

  /** Returns where a cluster begins. */
  long position(long cluster);

  /** Returns the bytes of the volume by its own account. */
  long length();
}
