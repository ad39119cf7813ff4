package dev.tcplay.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * A file as a read-only byte channel. It is not interruptible, so that {@code Files.readAllBytes}
 * and its like finish in a thread whose interrupt is pending, as on the default file system.
 */
final class NodeChannel implements SeekableByteChannel {

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
  public int write(ByteBuffer source) throws IOException {
    checkOpen();
    throw new NonWritableChannelException();
  }

  @Override
  public synchronized long position() throws IOException {
    checkOpen();
    return position;
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
  public SeekableByteChannel truncate(long size) throws IOException {
    checkOpen();
    throw new NonWritableChannelException();
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
