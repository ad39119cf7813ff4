package dev.tcplay.fs.exfat;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.cluster.ClusterPlaces;
import dev.tcplay.fs.cluster.FreeSpaceMap;

/**
 * Where the parts of an exFAT volume lie, in bytes from its start. Immutable.
 *
 * @param sectorSize bytes in a sector
 * @param clusterSize bytes in a cluster
 * @param fatPosition where the live table begins
 * @param fatLength bytes in one table
 * @param heapPosition where cluster 2 begins
 * @param clusters number of clusters; the last one is {@code clusters + 1}
 * @param rootCluster first cluster of the root directory
 * @param length bytes from the first to the last sector, {@link Long#MAX_VALUE} if they are more
 */
record Geometry(
    int sectorSize,
    int clusterSize,
    long fatPosition,
    long fatLength,
    long heapPosition,
    long clusters,
    long rootCluster,
    long length)
    implements ClusterPlaces {

  /** The number of the first cluster. */
  static final int FIRST_CLUSTER = FreeSpaceMap.FIRST_CLUSTER;

  /** Computes the places; the fields are in their ranges, so that no product overflows. */
  static Geometry of(BootSector boot) {
    int shift = boot.bytesPerSectorShift();
    boolean isSecondLive = boot.numberOfFats() == 2 && boot.has(BootSector.ACTIVE_FAT);
    long fat = boot.fatOffset() + (isSecondLive ? boot.fatLength() : 0);
    boolean isEndless = Long.compareUnsigned(boot.volumeLength(), Long.MAX_VALUE >> shift) > 0;
    return new Geometry(
        boot.bytesPerSector(),
        boot.bytesPerCluster(),
        fat << shift,
        boot.fatLength() << shift,
        boot.clusterHeapOffset() << shift,
        boot.clusterCount(),
        boot.firstClusterOfRootDirectory(),
        isEndless ? Long.MAX_VALUE : boot.volumeLength() << shift);
  }

  /** Returns whether a number is that of a cluster. */
  boolean isCluster(long number) {
    return number >= FIRST_CLUSTER && number - FIRST_CLUSTER < clusters;
  }

  /** Returns whether so many clusters from one on are all there. */
  boolean hasRun(long first, long count) {
    return isCluster(first) && count <= FIRST_CLUSTER + clusters - first;
  }

  /** Returns where a cluster begins. */
  @Override
  public long position(long cluster) {
    return heapPosition + (cluster - FIRST_CLUSTER) * clusterSize;
  }

  /** Returns the bytes of all clusters, the most that a file can have. */
  @Override
  public long largestFile() {
    return clusters * clusterSize;
  }

  /** Returns the bytes of an allocation bitmap. */
  long bitmapBytes() {
    return (clusters + Byte.SIZE - 1) / Byte.SIZE;
  }

  /**
   * Checks that table and root directory lie inside of the container. What else is beyond its end
   * cannot be read, but all before it can.
   *
   * @throws CorruptFileSystemException if they do not
   */
  void checkFits(long size) throws CorruptFileSystemException {
    long rootEnd = position(rootCluster) + clusterSize;
    if (fatPosition + fatLength > size || rootEnd > size) {
      throw new CorruptFileSystemException(
          null,
          "exFAT boot sector: the volume has %d bytes, but its %s ends at %d"
              .formatted(
                  size,
                  fatPosition + fatLength > size ? "table" : "root directory",
                  fatPosition + fatLength > size ? fatPosition + fatLength : rootEnd));
    }
  }
}
