package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.ForwardingDevice;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;

/**
 * A volume that takes from the second copy of its table what it cannot read of the first; it cannot
 * be written.
 */
final class TableFallback extends ForwardingDevice {

  private final Geometry geometry;
  private volatile boolean used;

  /** Makes the view of a volume with two live copies at least; closing it closes the volume. */
  TableFallback(BlockDevice volume, Geometry geometry) {
    super(volume, true);
    this.geometry = geometry;
  }

  @Override
  protected void doRead(long position, byte[] target, int offset, int length) throws IOException {
    try {
      lower().read(position, target, offset, length);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      long inTable = position - geometry.fatPosition();
      if (inTable < 0 || inTable >= geometry.fatLength()) {
        throw e;
      }
      lower().read(position + geometry.fatLength(), target, offset, length);
      used = true;
    }
  }

  /** Returns what is to be said once the second copy has served. */
  List<String> warnings() {
    return used
        ? List.of("FAT 0 cannot be read everywhere; FAT 1 is read in its place")
        : List.of();
  }
}
