package dev.tcplay.fs.fat;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.cluster.ClusterPlaces;
import dev.tcplay.fs.cluster.FreeSpaceMap;
import java.util.List;

/**
 * Where the parts of a FAT volume lie, in bytes from its start, checked so that no sum of them
 * overflows and no cluster number below the limit leaves the table.
 *
 * @param type the width of the table's entries, by the count of clusters and never by a string
 * @param sectorSize bytes in a sector
 * @param clusterSize bytes in a cluster
 * @param fatPosition where the table that is read begins
 * @param fatLength bytes in one copy of the table
 * @param rootPosition where the root directory of FAT12 and FAT16 begins
 * @param rootEntries slots of that directory, 0 on FAT32
 * @param rootCluster first cluster of the FAT32 root directory, 0 on the others
 * @param dataPosition where cluster 2 begins
 * @param clusters number of clusters; the last one is {@code clusters + 1}
 * @param length bytes from the first to the last sector
 */
record Geometry(
    FatType type,
    int sectorSize,
    int clusterSize,
    long fatPosition,
    long fatLength,
    long rootPosition,
    int rootEntries,
    int rootCluster,
    long dataPosition,
    int clusters,
    long length)
    implements ClusterPlaces {

  /** The number of the first cluster; the two entries before it hold flags. */
  static final int FIRST_CLUSTER = FreeSpaceMap.FIRST_CLUSTER;

  static final long FAT12_CLUSTERS = 4085;
  static final long FAT16_CLUSTERS = 65525;
  static final long FAT32_CLUSTERS = 0x0FFF_FFF6;

  /**
   * Computes the places from the fields of a boot sector.
   *
   * @throws CorruptFileSystemException if they make no volume; the reason names the field
   */
  static Geometry of(BootSector boot) throws CorruptFileSystemException {
    List<String> faults = boot.faults();
    if (!faults.isEmpty()) {
      throw corrupt(faults.get(0));
    }
    boolean fat32 = boot.isFat32();
    int sectorSize = boot.bytesPerSector();
    int rootEntries = fat32 ? 0 : boot.rootEntries();
    if (!fat32 && rootEntries == 0) {
      throw corrupt("root directory entries are 0");
    }
    long rootSectors =
        (rootEntries * (long) DirectorySlots.SLOT_BYTES + sectorSize - 1) / sectorSize;
    long rootSector = boot.reservedSectors() + boot.fats() * boot.sectorsPerFat();
    long dataSector = rootSector + rootSectors;
    long counted = (boot.totalSectors() - dataSector) / boot.sectorsPerCluster();
    if (counted <= 0) {
      throw corrupt(
          "total sectors are "
              + boot.totalSectors()
              + ", but the data begin at sector "
              + dataSector);
    }
    FatType type = type(fat32, counted);
    long fatLength = boot.sectorsPerFat() * sectorSize;
    long clusters = Math.min(counted, fatLength * 8 / type.bits() - FIRST_CLUSTER);
    if (clusters <= 0) {
      throw corrupt("sectors per FAT are " + boot.sectorsPerFat() + ", too few for any cluster");
    }
    if (clusters >= FAT32_CLUSTERS) {
      throw corrupt("total sectors are " + boot.totalSectors() + ", too many for a FAT32 volume");
    }
    return new Geometry(
        type,
        sectorSize,
        sectorSize * boot.sectorsPerCluster(),
        (boot.reservedSectors() + (fat32 ? liveFat(boot) : 0) * boot.sectorsPerFat()) * sectorSize,
        fatLength,
        rootSector * sectorSize,
        rootEntries,
        fat32 ? rootCluster(boot, clusters) : 0,
        dataSector * sectorSize,
        (int) clusters,
        boot.totalSectors() * sectorSize);
  }

  /** Returns how many clusters the sectors make, of which the table may have room for a part. */
  long counted() {
    return (length - dataPosition) / clusterSize;
  }

  /** Returns whether the root directory of FAT12 and FAT16 ends with a sector. */
  boolean hasWholeRoot() {
    return rootEntries * DirectorySlots.SLOT_BYTES % sectorSize == 0;
  }

  /** Returns whether table and root lie inside of so many bytes; nothing is found without them. */
  boolean fits(long size) {
    return tableEnd() <= size && rootEnd() <= size;
  }

  /**
   * Checks that table and root lie inside of the container. What else is beyond its end cannot be
   * read, but all before it can.
   *
   * @throws CorruptFileSystemException if they do not
   */
  void checkFits(long size) throws CorruptFileSystemException {
    if (!fits(size)) {
      throw corrupt(
          String.format(
              "it gives a volume of %d bytes whose %s ends at %d, but the container has %d bytes",
              length,
              tableEnd() > size ? "table" : "root directory",
              tableEnd() > size ? tableEnd() : rootEnd(),
              size));
    }
  }

  private long tableEnd() {
    return fatPosition + fatLength;
  }

  /** The root of FAT32 may go on elsewhere. */
  private long rootEnd() {
    return isFat32()
        ? position(rootCluster) + clusterSize
        : rootPosition + (long) rootEntries * DirectorySlots.SLOT_BYTES;
  }

  boolean isFat32() {
    return type == FatType.FAT32;
  }

  /** Returns whether a number is that of a cluster. */
  boolean isCluster(long number) {
    return number >= FIRST_CLUSTER && number - FIRST_CLUSTER < clusters;
  }

  @Override
  public long largestFile() {
    return FatFile.MAX_SIZE;
  }

  /** Returns where a cluster begins. */
  @Override
  public long position(long cluster) {
    return dataPosition + (cluster - FIRST_CLUSTER) * clusterSize;
  }

  /** The count before the table's length limits it decides, as in every system that writes FAT. */
  private static FatType type(boolean fat32, long clusters) throws CorruptFileSystemException {
    if (fat32) {
      return FatType.FAT32;
    }
    if (clusters >= FAT16_CLUSTERS) {
      throw corrupt("total sectors make " + clusters + " clusters, too many for FAT16");
    }
    return clusters < FAT12_CLUSTERS ? FatType.FAT12 : FatType.FAT16;
  }

  private static long liveFat(BootSector boot) throws CorruptFileSystemException {
    boolean mirrored = (boot.extendedFlags() & 0x80) == 0;
    int live = mirrored ? 0 : boot.extendedFlags() & 0xF;
    if (live >= boot.fats()) {
      throw corrupt("extended flags name FAT " + live + " of " + boot.fats());
    }
    return live;
  }

  private static int rootCluster(BootSector boot, long clusters) throws CorruptFileSystemException {
    if (boot.version() != 0) {
      throw corrupt(String.format("FAT32 version is %04X, not 0", boot.version()));
    }
    long root = boot.rootCluster();
    if (root < FIRST_CLUSTER || root - FIRST_CLUSTER >= clusters) {
      throw corrupt("root directory cluster is " + root + ", not 2 to " + (clusters + 1));
    }
    return (int) root;
  }

  private static CorruptFileSystemException corrupt(String reason) {
    return new CorruptFileSystemException(null, "FAT boot sector: " + reason);
  }
}
