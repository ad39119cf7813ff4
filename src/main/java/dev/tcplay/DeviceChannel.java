package dev.tcplay;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.container.CursorChannel;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A device as a channel with a position, which its threads share. */
final class DeviceChannel extends CursorChannel {

  private static final int CHUNK = 1 << 16;

  private final BlockDevice device;
  private final Path place;
  private final ChannelOptions options;
  private final Closeable afterwards;

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
  protected int readAt(long position, ByteBuffer target) throws IOException {
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
    } else {
      readChunks(position, target, length);
    }
    return length;
  }

  private void readChunks(long position, ByteBuffer target, int length) throws IOException {
    byte[] chunk = new byte[Math.min(CHUNK, length)];
    for (int done = 0; done < length; ) {
      int n = Math.min(chunk.length, length - done);
      device.read(position + done, chunk, 0, n);
      target.put(chunk, 0, n);
      done += n;
    }
  }

  @Override
  protected int writeAt(long position, ByteBuffer source) throws IOException {
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
    } else {
      writeChunks(start, source);
    }
    if (options.sync()) {
      device.flush();
    }
    return length;
  }

  private void writeChunks(long start, ByteBuffer source) throws IOException {
    byte[] chunk = new byte[Math.min(CHUNK, source.remaining())];
    for (long at = start; source.hasRemaining(); ) {
      int n = Math.min(chunk.length, source.remaining());
      source.get(source.position(), chunk, 0, n);
      device.write(at, chunk, 0, n);
      source.position(source.position() + n);
      at += n;
    }
  }

  @Override
  protected long currentSize() {
    return device.size();
  }

  @Override
  protected boolean isAppending() {
    return options.append();
  }

  @Override
  protected void checkWritable() {
    if (!options.write()) {
      throw new NonWritableChannelException();
    }
  }

  @Override
  protected void cut(long size) throws FileSystemException {
    checkCut(device, place, size);
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
  protected void forceAll() throws IOException {
    device.flush();
  }

  @Override
  protected void closeBelow() throws IOException {
    afterwards.close();
  }
}
