package dev.tcplay.fs.cluster;

/**
 * Clusters that follow each other on disk.
 *
 * @param cluster the first of them
 * @param length how many they are
 */
public record Extent(long cluster, long length) {

  /** Returns the cluster behind the last one. */
  public long end() {
    return cluster + length;
  }
}
