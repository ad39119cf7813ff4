package dev.tcplay.fs.archive;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a device as a channel that is only read; closing it closes nothing. Remembers
 * a failure of the device, which a library above may wrap.
 */
final class DeviceChannel implements SeekableByteChannel, Guarded.Reads {

  private static final int LARGEST_READ = 1 << 16;

  private final BlockDevice device;
  private final long size;
  private long position;
  private @Nullable IOException failure;

  DeviceChannel(BlockDevice device, long size) {
    this.device = device;
    this.size = size;
  }

  @Override
  public synchronized int read(ByteBuffer target) throws IOException {
    if (!target.hasRemaining()) {
      return 0;
    }
    if (position >= size) {
      return -1;
    }
    int count = (int) Math.min(Math.min(target.remaining(), LARGEST_READ), size - position);
    try {
      if (target.hasArray()) {
        device.read(position, target.array(), target.arrayOffset() + target.position(), count);
        target.position(target.position() + count);
      } else {
        byte[] bytes = new byte[count];
        device.read(position, bytes, 0, count);
        target.put(bytes);
      }
    } catch (IOException e) {
      failure = e;
      throw e;
    }
    position += count;
    return count;
  }

  @Override
  public synchronized void checkDevice() throws IOException {
    IOException last = failure;
    failure = null;
    if (last != null) {
      throw last;
    }
  }

  @Override
  public synchronized long position() {
    return position;
  }

  @Override
  public synchronized SeekableByteChannel position(long newPosition) throws IOException {
    if (newPosition < 0) {
      throw new IOException("a position is negative: " + newPosition);
    }
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new NonWritableChannelException();
  }

  @Override
  public void close() {
    // The device belongs to the volume.
  }
}
