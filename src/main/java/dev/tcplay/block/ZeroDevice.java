package dev.tcplay.block;

import java.util.Arrays;

/** A device that reads as zeros and forgets what is written. */
public final class ZeroDevice extends GatedDevice {

  private static final int SECTOR = 512;

  /** Makes a device of {@code size} bytes. */
  public ZeroDevice(long size) {
    super(size, SECTOR, false);
  }

  @Override
  void doRead(long position, byte[] target, int offset, int length) {
    Arrays.fill(target, offset, offset + length, (byte) 0);
  }

  @Override
  void doWrite(long position, byte[] source, int offset, int length) {}

  @Override
  void doFlush() {}

  @Override
  void doDiscard(long position, long length) {}

  @Override
  void doClose() {}
}
