package dev.tcplay.testing;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;

/**
 * Passes every request on to another device, unchecked, also after it was closed, unlike the
 * library's own base of forwarding devices; who extends it changes some requests.
 */
public abstract class DelegatingDevice implements BlockDevice {

  private final BlockDevice lower;

  /** Passes on to {@code lower}, which is closed with this device. */
  protected DelegatingDevice(BlockDevice lower) {
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
    lower.close();
  }
}
