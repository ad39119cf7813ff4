package dev.tcplay.nio;

import dev.tcplay.model.VolumeChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * A file as a byte channel. It is not interruptible, so that {@code Files.readAllBytes} and its
 * like finish in a thread whose interrupt is pending, as on the default file system.
 */
final class NodeChannel implements VolumeChannel {

  private final OpenFile file;
  private volatile boolean open = true;
  private long position;

  NodeChannel(OpenFile file) {
    this.file = file;
  }

  @Override
  public synchronized int read(ByteBuffer target) throws IOException {
    checkOpen();
    int n = file.read(position, target);
    position += Math.max(n, 0);
    return n;
  }

  @Override
  public synchronized int write(ByteBuffer source) throws IOException {
    checkOpen();
    int start = source.position();
    try {
      return file.write(position, source);
    } finally {
      int written = source.position() - start;
      position += written;
    }
  }

  @Override
  public synchronized long position() throws IOException {
    checkOpen();
    return file.isAppending() ? file.size() : position;
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
    return file.size();
  }

  @Override
  public synchronized SeekableByteChannel truncate(long size) throws IOException {
    checkOpen();
    file.checkWritable();
    if (size < 0) {
      throw new IllegalArgumentException("negative size: " + size);
    }
    file.truncate(size);
    position = Math.min(position, size);
    return this;
  }

  @Override
  public void force() throws IOException {
    checkOpen();
    file.force();
  }

  private void checkOpen() throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    file.close(this);
  }
}
