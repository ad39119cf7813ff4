package dev.tcplay.volume;

/**
 * The fields of a decrypted header as they stand there; keys are not among them. Sizes and offsets
 * are bytes.
 *
 * @param format what the signature says
 * @param version header version: 1 of TrueCrypt 1 and 2, 2 of TrueCrypt 3 and 4, 3 of TrueCrypt 5,
 *     4 of TrueCrypt 6, 5 of TrueCrypt 7 and VeraCrypt
 * @param minimumProgramVersion oldest program that may open the volume, in the scale of its makers
 * @param volumeCreationTime when the volume was made, in 100 ns since 1601; 0 from version 4 on
 * @param headerCreationTime when the header was made, likewise
 * @param hiddenVolumeSize size of the hidden volume that this header describes, 0 for a normal one
 * @param volumeSize size of the volume; 0 before version 3
 * @param scopeStart where the encrypted area begins; 0 before version 4
 * @param scopeLength how long the encrypted area is; 0 before version 3
 * @param flags {@link #FLAG_SYSTEM} and {@link #FLAG_IN_PLACE}
 * @param storedSectorSize sector size; 0 before version 5
 */
record VolumeHeader(
    VolumeFormat format,
    int version,
    int minimumProgramVersion,
    long volumeCreationTime,
    long headerCreationTime,
    long hiddenVolumeSize,
    long volumeSize,
    long scopeStart,
    long scopeLength,
    int flags,
    int storedSectorSize) {

  /** The volume is a system drive, or the hidden system of one. */
  static final int FLAG_SYSTEM = 1;

  /** The volume was encrypted in place, around the file system that it had. */
  static final int FLAG_IN_PLACE = 2;

  private static final int DEFAULT_SECTOR_SIZE = 512;

  /** Returns the same volume as a header of the newest version of a format describes it. */
  VolumeHeader in(VolumeFormat other, int program) {
    return new VolumeHeader(
        other,
        TrueCryptHeader.NEWEST_VERSION,
        program,
        volumeCreationTime,
        headerCreationTime,
        hiddenVolumeSize,
        volumeSize,
        scopeStart,
        scopeLength,
        flags,
        sectorSize());
  }

  /** Returns the same volume with another length of its data. */
  VolumeHeader resized(long length) {
    return new VolumeHeader(
        format,
        version,
        minimumProgramVersion,
        volumeCreationTime,
        headerCreationTime,
        kind() == VolumeKind.HIDDEN ? length : 0,
        length,
        scopeStart,
        length,
        flags,
        storedSectorSize);
  }

  /** Returns what the header describes. */
  VolumeKind kind() {
    return hiddenVolumeSize == 0 ? VolumeKind.NORMAL : VolumeKind.HIDDEN;
  }

  /** Returns the bytes in a sector of the volume; headers before version 5 know but one size. */
  int sectorSize() {
    return version < 5 ? DEFAULT_SECTOR_SIZE : storedSectorSize;
  }

  /** Returns whether all bits of a mask are set in the flags. */
  boolean has(int flag) {
    return (flags & flag) == flag;
  }
}
