package dev.tcplay.fs.exfat;

import dev.tcplay.fs.CorruptFileSystemException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the contents of a node lie, as a stream entry says it. Immutable.
 *
 * @param firstCluster the first cluster, 0 if there is none
 * @param validLength bytes that were written; those behind them read as zeros
 * @param length bytes of the contents; negative if the field is out of any range
 * @param isContiguous whether the clusters follow each other, and the table means nothing
 */
record Allocation(long firstCluster, long validLength, long length, boolean isContiguous) {

  /** Bytes that a directory can have. */
  static final long MOST_DIRECTORY_BYTES = 256 << 20;

  /** No contents. */
  static final Allocation NONE = new Allocation(0, 0, 0, false);

  /**
   * Returns the clusters of an entry that may be of any type, empty if it has none.
   *
   * @param entries the bytes of a directory
   * @param start where the entry begins among them
   * @param flags its flags, which stand at various places
   */
  static Optional<Allocation> ofOther(ByteBuffer entries, int start, int flags) {
    long first = Integer.toUnsignedLong(entries.getInt(start + 20));
    long length = entries.getLong(start + 24);
    boolean hasClusters = (flags & EntrySet.ALLOCATION_POSSIBLE) != 0 && first != 0;
    return hasClusters
        ? Optional.of(new Allocation(first, length, length, (flags & EntrySet.NO_FAT_CHAIN) != 0))
        : Optional.empty();
  }

  /**
   * Checks the fields of a file against the volume.
   *
   * @throws CorruptFileSystemException if one is out of its range; the reason names it
   */
  void checkFile(Geometry geometry, String path) throws CorruptFileSystemException {
    long clusters = geometry.clustersFor(length);
    check(
        length >= 0 && clusters <= geometry.clusters(),
        path,
        "DataLength is %s, more than the volume has",
        Long.toUnsignedString(length));
    check(
        validLength >= 0 && validLength <= length,
        path,
        "ValidDataLength is %s, more than DataLength %d",
        Long.toUnsignedString(validLength),
        length);
    check(
        length == 0 || geometry.isCluster(firstCluster),
        path,
        "FirstCluster is %d, but DataLength is %d",
        firstCluster,
        length);
    check(
        length == 0 || !isContiguous || geometry.hasRun(firstCluster, clusters),
        path,
        "FirstCluster is %d, with NoFatChain and DataLength %d beyond the last cluster",
        firstCluster,
        length);
  }

  /**
   * Checks the fields of a directory.
   *
   * @throws CorruptFileSystemException if one is out of its range; the reason names it
   */
  void checkDirectory(Geometry geometry, String path) throws CorruptFileSystemException {
    check(
        geometry.isCluster(firstCluster), path, "FirstCluster of a directory is %d", firstCluster);
    check(
        length > 0 && length % geometry.clusterSize() == 0,
        path,
        "DataLength of a directory is %s, not a number of clusters",
        Long.toUnsignedString(length));
    check(
        length <= MOST_DIRECTORY_BYTES,
        path,
        "DataLength of a directory is %d, more than 256 MiB",
        length);
    check(
        validLength == length,
        path,
        "ValidDataLength of a directory is %s, not DataLength %d",
        Long.toUnsignedString(validLength),
        length);
    checkFile(geometry, path);
  }

  private static void check(boolean isLawful, String path, String reason, Object... values)
      throws CorruptFileSystemException {
    if (!isLawful) {
      throw new CorruptFileSystemException(path, String.format(Locale.ROOT, reason, values));
    }
  }
}
