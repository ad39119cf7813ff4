package dev.tcplay.fs.fat;

import dev.tcplay.fs.VolumeTooSmallException;
import org.jspecify.annotations.Nullable;

/**
 * The sizes of a volume that is about to be made, all in sectors but the first two.
 *
 * <p>They are those that VeraCrypt's formatter chooses, with one difference. It picks the type by a
 * count of clusters that does not yet leave out the tables, so that at some sizes its volumes are
 * of one type by their fields and of another by their count. Here the type is what the final count
 * says, with the distance from the limits that Microsoft's specification recommends; where no type
 * fits, the clusters are twice as large.
 *
 * @param type the type
 * @param sectorSize bytes in a sector
 * @param sectorsPerCluster a power of two, at most 128
 * @param reserved sectors before the first table
 * @param sectorsPerFat sectors of one table; there are two
 * @param rootSectors sectors of the fixed root directory, 0 on FAT32
 * @param sectors sectors of the volume
 */
record FatLayout(
    FatType type,
    int sectorSize,
    int sectorsPerCluster,
    int reserved,
    long sectorsPerFat,
    int rootSectors,
    long sectors) {

  static final int FATS = 2;
  static final int ROOT_ENTRIES = 512;

  private static final long MIN_BYTES = 9 * 4096L;
  private static final long MAX_SECTORS = 0xFFFF_FFFFL;
  private static final int MAX_SECTORS_PER_CLUSTER = 128;

  /** Whatever is larger is too small for no type. */
  private static final long ENOUGH_SECTORS = 1 << 17;

  private static final int RESERVED_FAT32 = 32;
  private static final int ALIGNMENT = 4096;
  private static final int DISTANCE = 16;
  private static final long KIB = 1 << 10;
  private static final long MIB = 1 << 20;
  private static final long GIB = 1 << 30;

  /**
   * Chooses the sizes.
   *
   * @param bytes the volume's size; what does not fill a sector is left over
   * @param wanted the type, null for what suits the size
   * @throws IllegalArgumentException if no volume of that size, or none of the type, can be made
   */
  static FatLayout of(long bytes, int sectorSize, @Nullable FatType wanted) {
    if (sectorSize < 512 || sectorSize > 4096 || Integer.bitCount(sectorSize) != 1) {
      throw new IllegalArgumentException("FAT has no sectors of " + sectorSize + " bytes");
    }
    long sectors = bytes / sectorSize;
    if (sectors > MAX_SECTORS) {
      throw new IllegalArgumentException(bytes + " bytes are too many for FAT");
    }
    FatLayout layout = find(bytes, sectorSize, wanted);
    if (layout == null) {
      throw refusal(bytes, sectorSize, wanted);
    }
    return layout;
  }

  /** Returns the sizes, null if there are none. */
  private static @Nullable FatLayout find(long bytes, int sectorSize, @Nullable FatType wanted) {
    if (bytes < MIN_BYTES) {
      return null;
    }
    long sectors = bytes / sectorSize;
    int usual =
        (int) Math.max(1, Math.min(usualCluster(bytes) / sectorSize, MAX_SECTORS_PER_CLUSTER));
    for (int perCluster = usual; perCluster <= MAX_SECTORS_PER_CLUSTER; perCluster *= 2) {
      FatLayout layout = fitting(sectors, sectorSize, perCluster, wanted);
      if (layout != null) {
        return layout;
      }
    }
    for (int perCluster = usual / 2; perCluster >= 1; perCluster /= 2) {
      FatLayout layout = fitting(sectors, sectorSize, perCluster, wanted);
      if (layout != null) {
        return layout;
      }
    }
    return null;
  }

  private static IllegalArgumentException refusal(
      long bytes, int sectorSize, @Nullable FatType wanted) {
    String type = wanted == null ? "FAT" : wanted.toString();
    long little = bytes / sectorSize;
    long enough = ENOUGH_SECTORS;
    if (little >= enough) {
      return new IllegalArgumentException("a volume of " + bytes + " bytes cannot be " + type);
    }
    while (enough - little > 1) {
      long middle = (little + enough) / 2;
      if (find(middle * sectorSize, sectorSize, wanted) == null) {
        little = middle;
      } else {
        enough = middle;
      }
    }
    return new VolumeTooSmallException(type, enough * sectorSize, bytes);
  }

  /** Returns the sector of cluster 2. */
  long dataSector() {
    return reserved + FATS * sectorsPerFat + rootSectors;
  }

  long clusters() {
    return (sectors - dataSector()) / sectorsPerCluster;
  }

  /** Returns the bytes of a cluster that suit a volume, if its sectors are not larger. */
  private static long usualCluster(long bytes) {
    if (bytes <= MIB) {
      return 1;
    } else if (bytes < 256 * MIB) {
      return KIB;
    } else if (bytes < 512 * MIB) {
      return 2 * KIB;
    } else if (bytes < 16 * GIB) {
      return 4 * KIB;
    } else if (bytes < 32 * GIB) {
      return 8 * KIB;
    } else if (bytes < 64 * GIB) {
      return 16 * KIB;
    } else if (bytes < 128 * GIB) {
      return 32 * KIB;
    } else {
      return bytes < 512 * GIB ? 64 * KIB : bytes < 2048 * GIB ? 128 * KIB : 256 * KIB;
    }
  }

  private static @Nullable FatLayout fitting(
      long sectors, int sectorSize, int perCluster, @Nullable FatType wanted) {
    for (FatType type : FatType.values()) {
      if (wanted == null || wanted == type) {
        FatLayout layout = layout(type, sectors, sectorSize, perCluster);
        if (layout.isSound()) {
          return layout;
        }
      }
    }
    return null;
  }

  private static FatLayout layout(FatType type, long sectors, int sectorSize, int perCluster) {
    if (type != FatType.FAT32) {
      int root = ROOT_ENTRIES * DirectorySlots.SLOT_BYTES / sectorSize;
      long fat = sectorsPerFat(type, sectors - 2 - root, sectorSize, perCluster);
      return new FatLayout(type, sectorSize, perCluster, 2, fat, root, sectors);
    }
    int reserved = RESERVED_FAT32;
    long fat = sectorsPerFat(type, sectors - reserved, sectorSize, perCluster);
    while ((reserved + FATS * fat) * sectorSize % ALIGNMENT != 0) {
      reserved++;
      fat = sectorsPerFat(type, sectors - reserved, sectorSize, perCluster);
    }
    return new FatLayout(type, sectorSize, perCluster, reserved, fat, 0, sectors);
  }

  /** Makes the table large enough for clusters in the place of the tables too. */
  private static long sectorsPerFat(FatType type, long sectors, int sectorSize, int perCluster) {
    long bits = Math.max(0, sectors) / perCluster * type.bits();
    return (bits + 8L * sectorSize - 1) / (8L * sectorSize);
  }

  private boolean isSound() {
    long clusters = clusters();
    long entries = sectorsPerFat * sectorSize * 8 / type.bits();
    if (clusters < 1 || clusters + Geometry.FIRST_CLUSTER > entries) {
      return false;
    }
    return switch (type) {
      case FAT12 -> clusters < Geometry.FAT12_CLUSTERS - DISTANCE;
      case FAT16 ->
          clusters >= Geometry.FAT12_CLUSTERS + DISTANCE
              && clusters < Geometry.FAT16_CLUSTERS - DISTANCE
              && sectorsPerFat <= 0xFFFF;
      case FAT32 ->
          clusters >= Geometry.FAT16_CLUSTERS + DISTANCE
              && clusters < Geometry.FAT32_CLUSTERS - DISTANCE;
    };
  }
}
