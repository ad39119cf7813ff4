package dev.tcplay.block.host;

import dev.tcplay.block.AbstractBlockDevice;
import java.io.IOException;

/** A spool that is complete, as a device that is only read. Closing it leaves the spool open. */
final class SpoolDevice extends AbstractBlockDevice {

  private static final int SECTOR = 512;

  private final Spool spool;

  SpoolDevice(Spool spool) {
    super(spool.size(), SECTOR, true);
    this.spool = spool;
  }

  @Override
  protected void doRead(long position, byte[] target, int offset, int length) throws IOException {
    spool.read(position, target, offset, length);
  }

  @Override
  protected void doWrite(long position, byte[] source, int offset, int length) {
    throw new AssertionError("a read-only device is written");
  }

  @Override
  protected void doFlush() {}

  @Override
  protected void doDiscard(long position, long length) {}

  @Override
  protected void doClose() {}
}
