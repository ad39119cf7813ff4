package dev.tcplay.block;

import java.io.IOException;

/** A device on which every transfer fails. */
public final class ErrorDevice extends AbstractBlockDevice {

  private static final int SECTOR = 512;

  /** Makes a device of {@code size} bytes. */
  public ErrorDevice(long size) {
    super(size, SECTOR, false);
  }

  @Override
  protected void doRead(long position, byte[] target, int offset, int length) throws IOException {
    throw failure(position);
  }

  @Override
  protected void doWrite(long position, byte[] source, int offset, int length) throws IOException {
    throw failure(position);
  }

  /** Does nothing: there is never anything to flush. */
  @Override
  protected void doFlush() {}

  @Override
  protected void doDiscard(long position, long length) throws IOException {
    throw failure(position);
  }

  @Override
  protected void doClose() {}

  private static IOException failure(long position) {
    return new IOException("error device: nothing at " + position);
  }
}
