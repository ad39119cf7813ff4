package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.crypto.DataUnitCipher;
import dev.tcplay.model.CorruptHeaderException;
import java.util.List;

/**
 * The layout of system drives: a single header in sector 62 of the disk, whatever its partition
 * table, and the encrypted scope anywhere behind it. There is no copy on the disk; rescue disks
 * hold one.
 */
final class SystemLayout implements VolumeLayout {

  /** Where the header stands, in bytes from the start of the disk. */
  static final int HEADER = 62 * DataUnitCipher.DATA_UNIT;

  /** Where the scope begins at the earliest: everything before is read before the loader runs. */
  static final int FIRST_SCOPE = HEADER + TrueCryptHeader.SIZE;

  /** The first version of TrueCrypt that encrypts system drives, 5.0, writes this one. */
  private static final int OLDEST = 3;

  @Override
  public List<HeaderSlot> headers(BlockDevice host) {
    return host.size() >= FIRST_SCOPE ? List.of(slot(host, HEADER)) : List.of();
  }

  @Override
  public List<HeaderSlot> backups(BlockDevice host) {
    return List.of();
  }

  /** Returns the header as a rescue disk holds it: alone in a file. */
  @Override
  public List<HeaderSlot> headersInFile(BlockDevice file) {
    return file.size() == TrueCryptHeader.SIZE ? List.of(slot(file, 0)) : List.of();
  }

  private static HeaderSlot slot(BlockDevice device, long offset) {
    return new HeaderSlot(
        "header of the system drive",
        device,
        offset,
        VolumeKind.NORMAL,
        OLDEST,
        TrueCryptHeader.NEWEST_VERSION);
  }

  @Override
  public DataArea locate(VolumeHeader header, HeaderSlot slot, long hostSize, String hostName)
      throws CorruptHeaderException {
    return SystemFields.locate(header, slot, hostSize, hostName);
  }
}
