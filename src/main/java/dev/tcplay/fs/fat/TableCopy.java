package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.ForwardingDevice;
import java.io.IOException;

/** A volume as it would be if another copy of its table were the first; it cannot be written. */
final class TableCopy extends ForwardingDevice {

  private final Geometry geometry;
  private final int copy;

  /**
   * Makes the view; closing it closes the volume.
   *
   * @param copy the number of the copy, 0 for the first
   */
  TableCopy(BlockDevice volume, Geometry geometry, int copy) {
    super(volume, true);
    this.geometry = geometry;
    this.copy = copy;
  }

  /** Nobody reads over the borders of the table in one request. */
  @Override
  protected void doRead(long position, byte[] target, int offset, int length) throws IOException {
    long inTable = position - geometry.fatPosition();
    boolean isTable = inTable >= 0 && inTable < geometry.fatLength();
    long from = isTable ? position + copy * geometry.fatLength() : position;
    lower().read(from, target, offset, length);
  }
}
