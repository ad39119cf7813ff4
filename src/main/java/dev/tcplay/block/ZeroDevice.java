package dev.tcplay.block;

import java.util.Arrays;

/** A device that reads as zeros and forgets what is written. */
public final class ZeroDevice extends AbstractBlockDevice {

  private static final int SECTOR = 512;

  /** Makes a device of {@code size} bytes. */
  public ZeroDevice(long size) {
    this(size, SECTOR);
  }

  /** Makes a device of {@code size} bytes in sectors of {@code sectorSize} bytes. */
  public ZeroDevice(long size, int sectorSize) {
    super(size, sectorSize, false);
  }

  @Override
  protected void doRead(long position, byte[] target, int offset, int length) {
    Arrays.fill(target, offset, offset + length, (byte) 0);
  }

  @Override
  protected void doWrite(long position, byte[] source, int offset, int length) {}

  @Override
  protected void doFlush() {}

  @Override
  protected void doDiscard(long position, long length) {}

  @Override
  protected void doClose() {}
}
