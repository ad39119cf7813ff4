package dev.tcplay.block.host;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The bytes of a device from its start. Closing it closes the device. */
final class DeviceInputStream extends InputStream {

  private final BlockDevice device;
  private long position;

  DeviceInputStream(BlockDevice device) {
    this.device = device;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    long left = device.size() - position;
    if (length == 0 || left <= 0) {
      return length == 0 ? 0 : -1;
    }
    int count = (int) Math.min(length, left);
    device.read(position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    device.close();
  }
}
