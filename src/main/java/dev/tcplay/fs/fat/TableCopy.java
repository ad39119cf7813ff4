package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.nio.channels.NonWritableChannelException;

/** A volume as it would be if another copy of its table were the first; it cannot be written. */
final class TableCopy implements BlockDevice {

  private final BlockDevice volume;
  private final Geometry geometry;
  private final int copy;

  /**
   * Makes the view.
   *
   * @param copy the number of the copy, 0 for the first
   */
  TableCopy(BlockDevice volume, Geometry geometry, int copy) {
    this.volume = volume;
    this.geometry = geometry;
    this.copy = copy;
  }

  @Override
  public long size() {
    return volume.size();
  }

  @Override
  public int sectorSize() {
    return volume.sectorSize();
  }

  @Override
  public boolean isReadOnly() {
    return true;
  }

  /** Nobody reads over the borders of the table in one request. */
  @Override
  public void read(long position, byte[] target, int offset, int length) throws IOException {
    long inTable = position - geometry.fatPosition();
    boolean isTable = inTable >= 0 && inTable < geometry.fatLength();
    long from = isTable ? position + copy * geometry.fatLength() : position;
    volume.read(from, target, offset, length);
  }

  @Override
  public void write(long position, byte[] source, int offset, int length) {
    throw new NonWritableChannelException();
  }

  @Override
  public void flush() {
    // Nothing was written.
  }

  @Override
  public void discard(long position, long length) {
    throw new NonWritableChannelException();
  }

  @Override
  public void close() {
    // The volume belongs to who made the view.
  }
}
