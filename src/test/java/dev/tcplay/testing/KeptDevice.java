package dev.tcplay.testing;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;

/** A device whose lower device stays open and as it is when this one is closed. */
public final class KeptDevice implements BlockDevice {

  private final BlockDevice lower;

  /** Shows {@code lower}, which stays the caller's. */
  public KeptDevice(BlockDevice lower) {
    this.lower = lower;
  }

  @Override
  public long size() {
    return lower.size();
  }

  @Override
  public int sectorSize() {
    return lower.sectorSize();
  }

  @Override
  public boolean isReadOnly() {
    return lower.isReadOnly();
  }

  @Override
  public void read(long position, byte[] target, int offset, int length) throws IOException {
    lower.read(position, target, offset, length);
  }

  @Override
  public void write(long position, byte[] source, int offset, int length) throws IOException {
    lower.write(position, source, offset, length);
  }

  @Override
  public void flush() throws IOException {
    lower.flush();
  }

  @Override
  public void discard(long position, long length) throws IOException {
    lower.discard(position, length);
  }

  @Override
  public void close() throws IOException {
    lower.flush();
  }
}
