package dev.tcplay.volume;

import dev.tcplay.crypto.DataUnitCipher;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.EncryptedScope;

/** The rules that the fields of a system drive's header keep among themselves. */
final class SystemFields {

  private static final int UNIT = DataUnitCipher.DATA_UNIT;

  private SystemFields() {}

  /**
   * Returns the encrypted scope of a header, once every field is found lawful. The encrypted area
   * may be longer than the volume: then it was written for the whole disk, and the volume counts.
   *
   * @param file name of the disk, for errors
   * @throws CorruptHeaderException naming the field that cannot be
   */
  static EncryptedScope scope(VolumeHeader header, HeaderSlot slot, String file)
      throws CorruptHeaderException {
    FieldRules rules = new FieldRules(file);
    rules.checkPlace(header, slot);
    rules.checkFlags(header);
    rules.demand(
        header.has(VolumeHeader.FLAG_SYSTEM),
        "flags 0x%x: no system encryption in the %s".formatted(header.flags(), slot.name()));
    rules.checkSectorSize(header);
    long start = header.scopeStart();
    rules.demand(
        start >= SystemLayout.FIRST_SCOPE && start % UNIT == 0,
        "encrypted area start %d: expected a multiple of 512 from %d on"
            .formatted(start, SystemLayout.FIRST_SCOPE));
    long length = header.volumeSize();
    rules.demand(
        length > 0 && length % UNIT == 0,
        "volume size %d: expected a multiple of 512 from 512 on".formatted(length));
    rules.demand(
        start <= Long.MAX_VALUE - length,
        "volume of %d bytes at %d: no disk is that long".formatted(length, start));
    long encrypted = header.scopeLength();
    rules.demand(
        encrypted >= 0 && encrypted % UNIT == 0,
        "encrypted area length %d: expected a multiple of 512".formatted(encrypted));
    return new EncryptedScope(start, length, Math.min(length, encrypted));
  }

  /** Returns what a disk has of the scope of a header. */
  static DataArea locate(VolumeHeader header, HeaderSlot slot, long diskSize, String file)
      throws CorruptHeaderException {
    EncryptedScope scope = scope(header, slot, file);
    if (scope.end() <= diskSize) {
      return new DataArea(scope.start(), scope.length(), null);
    }
    long left = Math.max(0, diskSize - scope.start()) & -UNIT;
    return new DataArea(
        scope.start(),
        left,
        "the disk was cut at %d bytes: %d of the %d bytes of its scope, which begins at %d, are missing"
            .formatted(diskSize, scope.length() - left, scope.length(), scope.start()));
  }
}
