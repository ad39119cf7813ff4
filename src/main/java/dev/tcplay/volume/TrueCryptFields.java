package dev.tcplay.volume;

import dev.tcplay.crypto.DataUnitCipher;
import dev.tcplay.model.CorruptHeaderException;

/** The rules that the fields of TrueCrypt's and VeraCrypt's headers keep among themselves. */
final class TrueCryptFields {

  private TrueCryptFields() {}

  /**
   * Returns the data area that a header describes, once every field is found lawful.
   *
   * @param slot where the header was found
   * @param hostSize size of the host in bytes
   * @param file name of the host, for errors
   * @throws CorruptHeaderException naming the field that cannot be
   */
  static DataArea locate(VolumeHeader header, HeaderSlot slot, long hostSize, String file)
      throws CorruptHeaderException {
    FieldRules rules = new FieldRules(file);
    rules.checkPlace(header, slot);
    rules.checkFlags(header);
    // A hidden system is an ordinary hidden volume; any other system header stands elsewhere.
    rules.demand(
        header.kind() == VolumeKind.HIDDEN || !header.has(VolumeHeader.FLAG_SYSTEM),
        "flags 0x%x: system encryption in an ordinary header".formatted(header.flags()));
    rules.checkSectorSize(header);
    if (header.version() < TrueCryptLayout.FIRST_VERSION_WITH_SIZES) {
      return implied(header, hostSize, rules);
    }
    checkSizes(header, rules);
    long length = header.scopeLength();
    long offset = start(header, hostSize, rules);
    rules.demand(
        offset <= Long.MAX_VALUE - TrueCryptLayout.SLOTS - length,
        "encrypted area of %d bytes at %d: no file is that long".formatted(length, offset));
    return inHost(offset, length, header.version(), hostSize);
  }

  /**
   * Returns the area of a header that tells no size but that of a hidden volume. All that it leaves
   * out follows from the host; what it does not leave out must agree.
   */
  private static DataArea implied(VolumeHeader header, long hostSize, FieldRules rules)
      throws CorruptHeaderException {
    boolean normal = header.kind() == VolumeKind.NORMAL;
    long room = Math.max(0, hostSize - TrueCryptLayout.OLD_DATA_START) & -DataUnitCipher.DATA_UNIT;
    long length = normal ? room : header.hiddenVolumeSize();
    rules.demand(
        normal || (length > 0 && length % DataUnitCipher.DATA_UNIT == 0),
        "hidden volume size %d: expected a multiple of 512 from 512 on".formatted(length));
    long start = start(header, hostSize, rules);
    rules.demandImplied("volume size", header.volumeSize(), length);
    rules.demandImplied("encrypted area length", header.scopeLength(), length);
    return length > 0
        ? new DataArea(start, length, null)
        : new DataArea(
            start,
            0,
            "the container was cut at %d bytes: its data are missing".formatted(hostSize));
  }

  /**
   * Returns what a host has of an area. Where the backup headers should be it may hold data of the
   * area, or anything else: such a host counts as cut, so that nothing is written there.
   */
  private static DataArea inHost(long offset, long length, int version, long hostSize) {
    boolean hasBackups = version >= TrueCryptLayout.FIRST_VERSION_WITH_SLOTS;
    long end = offset + length;
    if (hostSize >= (hasBackups ? end + TrueCryptLayout.SLOTS : end)) {
      return new DataArea(offset, length, null);
    }
    long left = Math.max(0, Math.min(length, hostSize - offset)) & -DataUnitCipher.DATA_UNIT;
    String what =
        left == length
            ? "the backup headers, which begin at %d, are not whole".formatted(end)
            : "%d of the %d bytes of its data area, which begins at %d, are missing%s"
                .formatted(
                    length - left, length, offset, hasBackups ? ", and its backup headers" : "");
    return new DataArea(
        offset, left, "the container was cut at %d bytes: %s".formatted(hostSize, what));
  }

  private static void checkSizes(VolumeHeader header, FieldRules rules)
      throws CorruptHeaderException {
    long length = header.scopeLength();
    rules.demand(
        length > 0 && length % DataUnitCipher.DATA_UNIT == 0,
        "encrypted area length %d: expected a multiple of 512 from 512 on".formatted(length));
    // They differ while an encryption in place is under way; half the volume is then plaintext.
    rules.demand(
        header.volumeSize() == length,
        "volume size %d: differs from the encrypted area length %d"
            .formatted(header.volumeSize(), length));
    rules.demand(
        header.kind() == VolumeKind.NORMAL || header.hiddenVolumeSize() == length,
        "hidden volume size %d: differs from the encrypted area length %d"
            .formatted(header.hiddenVolumeSize(), length));
  }

  private static long start(VolumeHeader header, long hostSize, FieldRules rules)
      throws CorruptHeaderException {
    long stored = header.scopeStart();
    if (header.version() >= TrueCryptLayout.FIRST_VERSION_WITH_SLOTS) {
      rules.demand(
          stored >= TrueCryptLayout.SLOTS && stored % DataUnitCipher.DATA_UNIT == 0,
          "encrypted area start %d: expected a multiple of 512 from %d on"
              .formatted(stored, TrueCryptLayout.SLOTS));
      return stored;
    }
    long implied =
        header.kind() == VolumeKind.NORMAL
            ? TrueCryptLayout.OLD_DATA_START
            : hostSize - TrueCryptLayout.OLD_HIDDEN_FROM_END - header.hiddenVolumeSize();
    rules.demand(
        implied >= TrueCryptLayout.OLD_DATA_START && implied % DataUnitCipher.DATA_UNIT == 0,
        "hidden volume size %d: does not leave a multiple of 512 before it in the host's %d bytes"
            .formatted(header.hiddenVolumeSize(), hostSize));
    rules.demandImplied("encrypted area start", stored, implied);
    return implied;
  }
}
