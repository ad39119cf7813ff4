package dev.tcplay.model;

import java.util.Optional;

/**
 * The facts of an opened container, none of them secret.
 *
 * @param format {@code TrueCrypt}, {@code VeraCrypt}, or {@code plain} for an image that is not
 *     encrypted
 * @param encryption how it is encrypted, empty for a plain image
 * @param kind {@code normal} or {@code hidden}
 * @param dataOffset where the data area begins, in bytes from the start of the container
 * @param dataLength bytes in the data area; of a container that was cut those that are left
 * @param firstUnit number of the data area's first data unit
 * @param sectorSize bytes in a sector of the volume
 * @param partition the partition of the data area that these facts are about: offset, length and
 *     first unit are its own then; empty for the whole data area
 */
public record VolumeInfo(
    String format,
    Optional<Encryption> encryption,
    String kind,
    long dataOffset,
    long dataLength,
    long firstUnit,
    int sectorSize,
    Optional<PartitionInfo> partition) {

  private static final int UNIT = 512;

  /** Makes the facts of a whole data area; the parameters are those of the record. */
  public VolumeInfo(
      String format,
      Optional<Encryption> encryption,
      String kind,
      long dataOffset,
      long dataLength,
      long firstUnit,
      int sectorSize) {
    this(format, encryption, kind, dataOffset, dataLength, firstUnit, sectorSize, Optional.empty());
  }

  /**
   * Returns the facts of a partition of this data area. Where nothing is encrypted, no unit counts.
   */
  public VolumeInfo ofPartition(PartitionInfo part) {
    return new VolumeInfo(
        format,
        encryption,
        kind,
        dataOffset + part.start(),
        part.length(),
        encryption.isPresent() ? firstUnit + part.start() / UNIT : firstUnit,
        sectorSize,
        Optional.of(part));
  }
}
