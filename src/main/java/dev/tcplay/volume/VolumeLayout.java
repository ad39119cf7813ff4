package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.model.CorruptHeaderException;
import java.util.List;

/** Where the headers and the data of a family stand. Immutable. */
interface VolumeLayout {

  /** Returns the places of headers in a host, the normal one first; none if it is too short. */
  List<HeaderSlot> headers(BlockDevice host);

  /** Returns the places of the backups that a host holds, in the same order; possibly none. */
  List<HeaderSlot> backups(BlockDevice host);

  /** Returns the places of headers in a file of headers; none if no such file has its size. */
  List<HeaderSlot> headersInFile(BlockDevice file);

  /**
   * Returns the data area that a header describes, once every field is found lawful.
   *
   * @param slot where the header was found
   * @param hostSize size of the host in bytes
   * @param hostName name of the host, for errors
   * @throws CorruptHeaderException naming the field that cannot be
   */
  DataArea locate(VolumeHeader header, HeaderSlot slot, long hostSize, String hostName)
      throws CorruptHeaderException;
}
