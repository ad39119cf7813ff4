package dev.tcplay;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.model.VolumeChannel;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A device as a channel with a position, which its threads share. */
final class DeviceChannel implements VolumeChannel {

  private static final int CHUNK = 1 << 16;

  private final BlockDevice device;
  private final Path place;
  private final ChannelOptions options;
  private final Closeable afterwards;
  private volatile boolean open = true;
  private long position;

  /**
   * Makes a channel.
   *
   * @param place what exceptions call the device
   * @param afterwards closed when the channel is closed
   */
  DeviceChannel(BlockDevice device, Path place, ChannelOptions options, Closeable afterwards) {
    this.device = device;
    this.place = place;
    this.options = options;
    this.afterwards = afterwards;
  }

  @Override
  public synchronized int read(ByteBuffer target) throws IOException {
    checkOpen();
    if (target.isReadOnly()) {
      throw new IllegalArgumentException("the buffer is read-only");
    }
    if (!options.read()) {
      throw new NonReadableChannelException();
    }
    long left = Math.max(device.size() - position, 0);
    if (left == 0 && target.hasRemaining()) {
      return -1;
    }
    int length = (int) Math.min(target.remaining(), left);
    if (target.hasArray()) {
      device.read(position, target.array(), target.arrayOffset() + target.position(), length);
      target.position(target.position() + length);
      position += length;
    } else {
      readChunks(target, length);
    }
    return length;
  }

  private void readChunks(ByteBuffer target, int length) throws IOException {
    byte[] chunk = new byte[Math.min(CHUNK, length)];
    for (int done = 0; done < length; ) {
      int n = Math.min(chunk.length, length - done);
      device.read(position, chunk, 0, n);
      target.put(chunk, 0, n);
      position += n;
      done += n;
    }
  }

  @Override
  public synchronized int write(ByteBuffer source) throws IOException {
    checkOpen();
    checkWritable();
    int length = source.remaining();
    if (length == 0) {
      return 0;
    }
    long start = options.append() ? device.size() : position;
    if (length > device.size() - start) {
      throw new FileSystemException(
          place.toString(),
          null,
          "file too large: %d bytes at %d not written, it cannot have more than %d bytes"
              .formatted(length, start, device.size()));
    }
    if (source.hasArray()) {
      device.write(start, source.array(), source.arrayOffset() + source.position(), length);
      source.position(source.limit());
      position += length;
    } else {
      writeChunks(source);
    }
    if (options.sync()) {
      device.flush();
    }
    return length;
  }

  private void writeChunks(ByteBuffer source) throws IOException {
    byte[] chunk = new byte[Math.min(CHUNK, source.remaining())];
    while (source.hasRemaining()) {
      int n = Math.min(chunk.length, source.remaining());
      source.get(source.position(), chunk, 0, n);
      device.write(position, chunk, 0, n);
      source.position(source.position() + n);
      position += n;
    }
  }

  @Override
  public synchronized long position() throws IOException {
    checkOpen();
    return options.append() ? device.size() : position;
  }

  @Override
  public synchronized SeekableByteChannel position(long newPosition) throws IOException {
    checkOpen();
    if (newPosition < 0) {
      throw new IllegalArgumentException("negative position: " + newPosition);
    }
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws IOException {
    checkOpen();
    return device.size();
  }

  @Override
  public synchronized SeekableByteChannel truncate(long size) throws IOException {
    checkOpen();
    checkWritable();
    if (size < 0) {
      throw new IllegalArgumentException("negative size: " + size);
    }
    checkCut(device, place, size);
    position = Math.min(position, size);
    return this;
  }

  /** Throws if a size is smaller than that of a device. */
  static void checkCut(BlockDevice device, Path place, long size) throws FileSystemException {
    if (size < device.size()) {
      throw new FileSystemException(
          place.toString(),
          null,
          "cannot be cut off: the volume has a fixed size of " + device.size() + " bytes");
    }
  }

  @Override
  public void force() throws IOException {
    checkOpen();
    device.flush();
  }

  private void checkOpen() throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }

  private void checkWritable() {
    if (!options.write()) {
      throw new NonWritableChannelException();
    }
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    afterwards.close();
  }
}
