package dev.tcplay.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;

/** A file as a file channel. An interrupt closes it, and nothing else: other channels go on. */
final class NodeFileChannel extends UnmappedChannel {

  private final OpenFile file;
  private final FileLocks locks;
  private final Object positionLock = new Object();
  private long position;

  NodeFileChannel(OpenFile file) {
    this.file = file;
    this.locks = file.locks();
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    checkOpen();
    file.checkReadable();
    synchronized (positionLock) {
      return readOn(target);
    }
  }

  /** Reads at the position and moves it; called under its lock. */
  private int readOn(ByteBuffer target) throws IOException {
    int start = target.position();
    try {
      return transfer(position, target);
    } finally {
      int read = target.position() - start;
      position += read;
    }
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, targets.length);
    checkOpen();
    file.checkReadable();
    synchronized (positionLock) {
      long total = 0;
      for (int i = offset; i < offset + length; i++) {
        if (targets[i].hasRemaining()) {
          int n = readOn(targets[i]);
          if (n < 0) {
            return total == 0 ? n : total;
          }
          total += n;
          if (targets[i].hasRemaining()) {
            // What may have come meanwhile would leave a gap.
            return total;
          }
        }
      }
      return total;
    }
  }

  @Override
  public int read(ByteBuffer target, long from) throws IOException {
    Objects.requireNonNull(target, "target");
    checkPosition(from);
    checkOpen();
    return transfer(from, target);
  }

  OpenFile file() {
    return file;
  }

  /** Reads at a position, which is checked by then. */
  int transfer(long from, ByteBuffer target) throws IOException {
    return interruptibly(() -> file.read(from, target));
  }

  /** Writes at a position, which is checked by then. */
  int transferBack(long to, ByteBuffer source) throws IOException {
    return interruptibly(() -> file.write(to, source));
  }

  /** Something done with the file. */
  private interface Call<T> {
    T make() throws IOException;
  }

  private <T> T interruptibly(Call<T> call) throws IOException {
    checkInterrupt();
    T result;
    try {
      result = call.make();
    } catch (ClosedChannelException e) {
      throw isOpen() ? e : new AsynchronousCloseException();
    }
    checkInterrupt();
    if (!isOpen()) {
      throw new AsynchronousCloseException();
    }
    return result;
  }

  /**
   * Closes the channel if the thread is interrupted. No call waits for other callers, so looking
   * before and after is enough.
   */
  private void checkInterrupt() throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      close();
      throw new ClosedByInterruptException();
    }
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    checkOpen();
    file.checkWritable();
    synchronized (positionLock) {
      return writeOn(source);
    }
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, sources.length);
    checkOpen();
    file.checkWritable();
    synchronized (positionLock) {
      long total = 0;
      for (int i = offset; i < offset + length; i++) {
        total += writeOn(sources[i]);
      }
      return total;
    }
  }

  /** Writes at the position and moves it; called under its lock. */
  private int writeOn(ByteBuffer source) throws IOException {
    int start = source.position();
    try {
      return transferBack(position, source);
    } finally {
      int written = source.position() - start;
      position += written;
    }
  }

  @Override
  public int write(ByteBuffer source, long to) throws IOException {
    Objects.requireNonNull(source, "source");
    checkPosition(to);
    checkOpen();
    file.checkWritable();
    return transferBack(to, source);
  }

  @Override
  public long position() throws IOException {
    checkOpen();
    synchronized (positionLock) {
      return file.isAppending() ? file.size() : position;
    }
  }

  @Override
  public FileChannel position(long newPosition) throws IOException {
    checkOpen();
    checkPosition(newPosition);
    synchronized (positionLock) {
      position = newPosition;
    }
    return this;
  }

  @Override
  public long size() throws IOException {
    checkOpen();
    return file.size();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    checkOpen();
    checkPosition(size);
    file.checkWritable();
    synchronized (positionLock) {
      interruptibly(
          () -> {
            file.truncate(size);
            return size;
          });
      position = Math.min(position, size);
    }
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    checkOpen();
    interruptibly(
        () -> {
          file.force();
          return metaData;
        });
  }

  @Override
  public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
    return ChannelTransfers.to(target, this, from, count);
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long to, long count) throws IOException {
    return ChannelTransfers.from(source, this, to, count);
  }

  @Override
  public UnsupportedOperationException refusal(MapMode mode, long from, long size)
      throws IOException {
    Objects.requireNonNull(mode, "mode");
    checkOpen();
    checkPosition(from);
    checkPosition(size);
    if (from > Long.MAX_VALUE - size) {
      throw new IllegalArgumentException("no range: %d bytes at %d".formatted(size, from));
    }
    // By name, since READ_ONLY_SYNC is of a module that a program's Java may be without.
    if (!mode.toString().startsWith("READ_ONLY")) {
      file.checkWritable();
    }
    file.checkReadable();
    return new UnsupportedOperationException(
        "a file inside a container cannot be mapped: that would put its plaintext into a file");
  }

  /** Locks a range, without waiting: only this JVM can hold a lock, and then it is an error. */
  @Override
  public FileLock lock(long from, long size, boolean shared) throws IOException {
    FileLock lock = tryLock(from, size, shared);
    if (Thread.currentThread().isInterrupted()) {
      // As the JDK's own does.
      close();
      throw new FileLockInterruptionException();
    }
    return lock;
  }

  @Override
  public FileLock tryLock(long from, long size, boolean shared) throws IOException {
    checkOpen();
    return locks.lock(this, from, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    locks.release(this);
    file.close(this);
  }

  void checkOpen() throws ClosedChannelException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
  }

  static void checkPosition(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("negative: " + value);
    }
  }
}
