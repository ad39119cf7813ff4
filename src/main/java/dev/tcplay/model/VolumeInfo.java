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
 */
public record VolumeInfo(
    String format,
    Optional<Encryption> encryption,
    String kind,
    long dataOffset,
    long dataLength,
    long firstUnit,
    int sectorSize,
    Optional<EncryptedScope> scope) {

  /** Makes the facts of a container that is no system drive. */
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
}
