package dev.tcplay.fs.exfat;

import dev.tcplay.fs.VolumeTooSmallException;

/**
 * Where the parts of a volume that is about to be made come to lie: as mkfs.exfat puts them, but
 * for two kinds. Volumes below 3 MiB, of which that makes little or nothing, have their parts
 * closer together, and those that would have too many clusters of the usual size have larger ones.
 *
 * @param boot the boot sector
 * @param upcaseCluster where the up-case table begins, behind the bitmap and before the root
 */
record ExFatLayout(BootSector boot, long upcaseCluster) {

  private static final int UPCASE_BYTES = 5836;
  private static final long KIB = 1 << 10;
  private static final long MIB = 1 << 20;
  private static final long GIB = 1L << 30;
  private static final long LEAST_BYTES = MIB;
  private static final long MAX_CLUSTER_SIZE = 32 * MIB;
  private static final int LEAST_FAT_OFFSET = 24;
  private static final int HARD_DISK = 0x80;

  /**
   * Chooses the sizes.
   *
   * @param bytes the volume's size; what does not fill a sector is left over
   * @param start the bytes before the volume on its disk
   * @throws IllegalArgumentException if no volume of that size can be made
   */
  static ExFatLayout of(long bytes, int sectorSize, long start, int serial) {
    if (sectorSize < 512 || sectorSize > 4096 || Integer.bitCount(sectorSize) != 1) {
      throw new IllegalArgumentException("exFAT has no sectors of " + sectorSize + " bytes");
    }
    long clusterSize = clusterSize(bytes);
    if (bytes < LEAST_BYTES) {
      throw new VolumeTooSmallException("exFAT", LEAST_BYTES, bytes);
    }
    if (clusterSize > MAX_CLUSTER_SIZE) {
      throw new IllegalArgumentException(bytes + " bytes are too many for exFAT");
    }
    long alignment = bytes < 3 * MIB ? 64 * KIB : MIB;
    long fat = rounded((long) LEAST_FAT_OFFSET * sectorSize, alignment);
    long fatBytes = rounded(bytes / clusterSize * Integer.BYTES, clusterSize);
    long heap = rounded(fat + fatBytes, alignment);
    long clusters = (bytes - heap) / clusterSize;
    long bitmapBytes = rounded(clusters, Byte.SIZE) / Byte.SIZE;
    long upcase = Geometry.FIRST_CLUSTER + rounded(bitmapBytes, clusterSize) / clusterSize;
    long root = upcase + rounded(UPCASE_BYTES, clusterSize) / clusterSize;
    BootSector boot =
        new BootSector(
            start / sectorSize,
            bytes / sectorSize,
            fat / sectorSize,
            fatBytes / sectorSize,
            heap / sectorSize,
            clusters,
            root,
            serial,
            BootSector.REVISION,
            0,
            Integer.numberOfTrailingZeros(sectorSize),
            Long.numberOfTrailingZeros(clusterSize / sectorSize),
            1,
            HARD_DISK,
            (int) (100 * (root + 1 - Geometry.FIRST_CLUSTER) / clusters));
    return new ExFatLayout(boot, upcase);
  }

  private static long clusterSize(long bytes) {
    long size = bytes <= 256 * MIB ? 4 * KIB : bytes <= 32 * GIB ? 32 * KIB : 128 * KIB;
    while (bytes / size > BootSector.MOST_CLUSTERS) {
      size *= 2;
    }
    return size;
  }

  private static long rounded(long bytes, long unit) {
    return (bytes + unit - 1) / unit * unit;
  }
}
