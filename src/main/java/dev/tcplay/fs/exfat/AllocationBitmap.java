package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.cluster.ClusterBitmap;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.ExtentMap;
import java.io.IOException;

/**
 * The live allocation bitmap: a bit for each cluster, set where the cluster is in use. It is a
 * file, whose chain stands in the table. Safe for any number of threads.
 */
final class AllocationBitmap {

  private static final int WINDOW = 1 << 16;

  private final BlockDevice device;
  private final Geometry geometry;
  private final ExtentMap extents;

  /**
   * Takes a bitmap.
   *
   * @param firstCluster where it begins
   * @throws CorruptFileSystemException if its chain is damaged, or shorter than the bitmap
   */
  AllocationBitmap(BlockDevice device, Geometry geometry, FatLinks links, long firstCluster)
      throws IOException {
    this.device = device;
    this.geometry = geometry;
    this.extents = new ExtentMap(links, firstCluster, () -> "the allocation bitmap");
    long last = geometry.clustersFor(geometry.bitmapBytes()) - 1;
    if (extents.find(last, 1) == null) {
      throw new CorruptFileSystemException(
          null, "allocation bitmap: its chain ends before cluster " + last + " of it");
    }
  }

  /** Returns the bytes that have bits of clusters. */
  long bytes() {
    return geometry.bitmapBytes();
  }

  /**
   * A piece of the bitmap that is one piece of the volume.
   *
   * @param position where it lies
   * @param length bytes of it
   */
  record Run(long position, int length) {}

  /**
   * Returns where bytes of the bitmap lie, as far as they lie in one piece.
   *
   * @throws CorruptFileSystemException if they lie behind the end of the chain or of the volume
   */
  Run run(long offset, int most) throws IOException {
    int clusterSize = geometry.clusterSize();
    int skip = (int) (offset % clusterSize);
    long clusters = geometry.clustersFor((long) skip + most);
    Extent extent = extents.find(offset / clusterSize, clusters);
    if (extent == null) {
      throw new CorruptFileSystemException(
          null, "allocation bitmap: its chain ends at byte " + offset);
    }
    long position = geometry.position(extent.cluster()) + skip;
    int length = (int) Math.min(most, extent.length() * clusterSize - skip);
    if (position > device.size() - length) {
      throw new CorruptFileSystemException(
          null,
          "allocation bitmap: byte %d of it lies at %d, beyond the volume's end"
              .formatted(offset, position));
    }
    return new Run(position, length);
  }

  /** Returns the free clusters, by number, after one pass over the bitmap. */
  ClusterBitmap free() throws IOException {
    long end = Geometry.FIRST_CLUSTER + geometry.clusters();
    ClusterBitmap free = new ClusterBitmap(end);
    byte[] window = new byte[(int) Math.min(WINDOW, geometry.bitmapBytes())];
    long length;
    for (long offset = 0; offset < geometry.bitmapBytes(); offset += length) {
      int most = (int) Math.min(window.length, geometry.bitmapBytes() - offset);
      Run run = run(offset, most);
      length = run.length();
      device.read(run.position(), window, 0, run.length());
      setFree(free, Geometry.FIRST_CLUSTER + offset * Byte.SIZE, window, run.length());
    }
    return free;
  }

  /** Sets what a window says; bits behind the last cluster mean nothing. */
  private static void setFree(ClusterBitmap free, long first, byte[] window, int length) {
    long start = -1;
    long bits = Math.min((long) length * Byte.SIZE, free.size() - first);
    for (int bit = 0; bit < bits; bit++) {
      int value = window[bit / Byte.SIZE];
      boolean isWholeByte = bit % Byte.SIZE == 0 && (value == 0 || value == -1);
      boolean isFree = (value & 1 << bit % Byte.SIZE) == 0;
      if (isFree && start < 0) {
        start = first + bit;
      } else if (!isFree && start >= 0) {
        free.set(start, first + bit);
        start = -1;
      }
      bit += isWholeByte ? Byte.SIZE - 1 : 0;
    }
    if (start >= 0) {
      free.set(start, first + bits);
    }
  }

  /** Returns the number behind the last cluster that is in use. */
  long usedEnd() throws IOException {
    ClusterBitmap free = free();
    long end = Geometry.FIRST_CLUSTER;
    long used = free.nextClear(end, free.size());
    while (used < free.size()) {
      end = free.nextSet(used, free.size());
      used = free.nextClear(end, free.size());
    }
    return end;
  }
}
