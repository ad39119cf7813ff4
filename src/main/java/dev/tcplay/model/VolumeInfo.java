package dev.tcplay.model;

import java.util.Optional;

/**
 * The facts of an opened container, none of them secret.
 *
 * @param format {@code TrueCrypt}, {@code VeraCrypt}, or {@code plain} for an image that is not
 *     encrypted
 * @param encryption how it is encrypted, empty for a plain image
 * @param kind {@code normal}, {@code hidden}, or {@code system}
 * @param dataOffset where the data area begins, in bytes from the start of the container
 * @param dataLength bytes in the data area; of a container that was cut those that are left
 * @param firstUnit number of the data area's first data unit
 * @param sectorSize bytes in a sector of the volume
 * @param scope the encrypted part of the disk, of a system drive only
 * @param protectedRange the hidden volume that is protected, if that was asked for; who has not its
 *     keys is not told
 * @param partition the partition of the data area that these facts are about, whose own offset,
 *     length and first unit they are then; or the partition of a disk that is the container; empty
 *     for the whole of both
 */
public record VolumeInfo(
    String format,
    Optional<Encryption> encryption,
    String kind,
    long dataOffset,
    long dataLength,
    long firstUnit,
    int sectorSize,
    Optional<EncryptedScope> scope,
    Optional<ProtectedRange> protectedRange,
    Optional<PartitionInfo> partition) {

  private static final int UNIT = 512;

  /** Makes the facts of a whole data area that is no system drive. */
  public VolumeInfo(
      String format,
      Optional<Encryption> encryption,
      String kind,
      long dataOffset,
      long dataLength,
      long firstUnit,
      int sectorSize) {
    this(
        format,
        encryption,
        kind,
        dataOffset,
        dataLength,
        firstUnit,
        sectorSize,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Returns the facts of a partition of this data area. Where nothing is encrypted, no unit counts.
   */
  public VolumeInfo ofPartition(PartitionInfo part) {
    return placed(dataOffset + part.start(), part.length(), Optional.of(part));
  }

  /** Returns these facts of a partition that is a container of its own. */
  public VolumeInfo withPartition(PartitionInfo part) {
    return placed(dataOffset, dataLength, Optional.of(part));
  }

  /**
   * Returns the facts of a part of this data area.
   *
   * @param start where the part begins, in bytes from the start of the data area
   * @param length bytes in the part
   */
  public VolumeInfo ofPart(long start, long length) {
    return placed(dataOffset + start, length, partition);
  }

  private VolumeInfo placed(long offset, long length, Optional<PartitionInfo> part) {
    long unit = encryption.isPresent() ? firstUnit + (offset - dataOffset) / UNIT : firstUnit;
    return new VolumeInfo(
        format, encryption, kind, offset, length, unit, sectorSize, scope, protectedRange, part);
  }

  /** Returns these facts of a volume in which a hidden one is protected. */
  public VolumeInfo withProtected(ProtectedRange range) {
    return new VolumeInfo(
        format,
        encryption,
        kind,
        dataOffset,
        dataLength,
        firstUnit,
        sectorSize,
        scope,
        Optional.of(range),
        partition);
  }

  /** Returns these facts of a volume in a host that itself begins so many bytes into another. */
  public VolumeInfo movedBy(long bytes) {
    return new VolumeInfo(
        format,
        encryption,
        kind,
        bytes + dataOffset,
        dataLength,
        firstUnit,
        sectorSize,
        scope,
        protectedRange.map(range -> new ProtectedRange(bytes + range.start(), range.length())),
        partition);
  }
}
