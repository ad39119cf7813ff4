package dev.tcplay.container;

import dev.tcplay.model.VolumeChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * A channel with a position, which its threads share, over something that is read and written at
 * positions. The position moves by what a buffer gave or took, also where a transfer fails halfway.
 */
public abstract class CursorChannel implements VolumeChannel {

  private volatile boolean open = true;
  private long position;

  /** Makes a channel that is open, at position 0. */
  protected CursorChannel() {}

  /** Reads at a position, as {@link #read}. */
  protected abstract int readAt(long place, ByteBuffer target) throws IOException;

  /** Writes at a position, or at the end if the channel {@linkplain #isAppending appends}. */
  protected abstract int writeAt(long place, ByteBuffer source) throws IOException;

  /** Returns the size, of a channel that is open. */
  protected abstract long currentSize() throws IOException;

  /** Returns whether all is written at the end. */
  protected abstract boolean isAppending();

  /** Throws unless the channel was opened to write. */
  protected abstract void checkWritable() throws IOException;

  /** Cuts off what lies behind a size, which is not negative. */
  protected abstract void cut(long size) throws IOException;

  /** Forces what was written, of a channel that is open. */
  protected abstract void forceAll() throws IOException;

  /** Closes what is below; called by every {@link #close}. */
  protected abstract void closeBelow() throws IOException;

  @Override
  public final synchronized int read(ByteBuffer target) throws IOException {
    checkOpen();
    int start = target.position();
    try {
      return readAt(position, target);
    } finally {
      int done = target.position() - start;
      position += done;
    }
  }

  @Override
  public final synchronized int write(ByteBuffer source) throws IOException {
    checkOpen();
    int start = source.position();
    try {
      return writeAt(position, source);
    } finally {
      int done = source.position() - start;
      position += done;
    }
  }

  @Override
  public final synchronized long position() throws IOException {
    checkOpen();
    return isAppending() ? currentSize() : position;
  }

  @Override
  public final synchronized SeekableByteChannel position(long newPosition) throws IOException {
    checkOpen();
    if (newPosition < 0) {
      throw new IllegalArgumentException("negative position: " + newPosition);
    }
    position = newPosition;
    return this;
  }

  @Override
  public final long size() throws IOException {
    checkOpen();
    return currentSize();
  }

  @Override
  public final synchronized SeekableByteChannel truncate(long size) throws IOException {
    checkOpen();
    checkWritable();
    if (size < 0) {
      throw new IllegalArgumentException("negative size: " + size);
    }
    cut(size);
    position = Math.min(position, size);
    return this;
  }

  @Override
  public final void force() throws IOException {
    checkOpen();
    forceAll();
  }

  private void checkOpen() throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public final boolean isOpen() {
    return open;
  }

  @Override
  public final void close() throws IOException {
    open = false;
    closeBelow();
  }
}
