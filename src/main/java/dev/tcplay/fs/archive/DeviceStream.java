package dev.tcplay.fs.archive;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a device from a position on, of which it gives a bounded number. Skipping reads
 * nothing. Remembers a failure of the device, which a library above may wrap. For one thread.
 */
final class DeviceStream extends InputStream implements Guarded.Reads {

  private final BlockDevice device;
  private final long end;
  private final byte[] buffer;

  /** Where the buffer begins in the device, and how much of it is used and filled. */
  private long start;

  private int used;
  private int filled;
  private long marked;
  private @Nullable IOException failure;

  /**
   * Makes the stream.
   *
   * @param length the most bytes that it gives; it ends earlier where the device does
   * @param bufferSize how many bytes it reads at once
   */
  DeviceStream(BlockDevice device, long position, long length, int bufferSize) {
    this.device = device;
    this.start = position;
    this.marked = position;
    this.end = position + Math.min(length, device.size() - position);
    this.buffer = new byte[bufferSize];
  }

  /** Returns the position in the device of the next byte. */
  long position() {
    return start + used;
  }

  @Override
  public void checkDevice() throws IOException {
    IOException last = failure;
    failure = null;
    if (last != null) {
      throw last;
    }
  }

  private boolean fill() throws IOException {
    start += used;
    used = 0;
    filled = (int) Math.min(buffer.length, end - start);
    if (filled <= 0) {
      filled = 0;
      return false;
    }
    try {
      device.read(start, buffer, 0, filled);
      return true;
    } catch (IOException e) {
      filled = 0;
      failure = e;
      throw e;
    }
  }

  @Override
  public int read() throws IOException {
    if (used == filled && !fill()) {
      return -1;
    }
    return buffer[used++] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (used == filled && !fill()) {
      return -1;
    }
    int count = Math.min(length, filled - used);
    System.arraycopy(buffer, used, target, offset, count);
    used += count;
    return count;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.max(0, Math.min(count, end - position()));
    moveTo(position() + skipped);
    return skipped;
  }

  private void moveTo(long position) {
    if (position >= start && position - start <= filled) {
      used = (int) (position - start);
    } else {
      start = position;
      used = 0;
      filled = 0;
    }
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, end - position());
  }

  @Override
  public boolean markSupported() {
    return true;
  }

  @Override
  public synchronized void mark(int limit) {
    marked = position();
  }

  @Override
  public synchronized void reset() {
    moveTo(marked);
  }
}
