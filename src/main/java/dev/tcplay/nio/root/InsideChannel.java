package dev.tcplay.nio.root;

import dev.tcplay.nio.UnmappedChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A channel on a file of the container, whose failures name the file by the one tree. */
final class InsideChannel extends UnmappedChannel {

  /** Something that the channel inside does. */
  private interface Work<T> {
    T run() throws IOException;
  }

  private final UnmappedChannel channel;
  private final UnaryOperator<FileSystemException> names;

  /**
   * Makes a channel.
   *
   * @param names gives a failure the names of the one tree
   */
  InsideChannel(UnmappedChannel channel, UnaryOperator<FileSystemException> names) {
    this.channel = channel;
    this.names = names;
  }

  private <T> T named(Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (FileSystemException e) {
      throw names.apply(e);
    } catch (ClosedChannelException e) {
      // By an interrupt, or with the file system: then this one is closed, too.
      close();
      throw e;
    }
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return named(() -> channel.read(target));
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    return named(() -> channel.read(targets, offset, length));
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return named(() -> channel.read(target, position));
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return named(() -> channel.write(source));
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    return named(() -> channel.write(sources, offset, length));
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    return named(() -> channel.write(source, position));
  }

  @Override
  public long position() throws IOException {
    return named(channel::position);
  }

  @Override
  public FileChannel position(long newPosition) throws IOException {
    named(() -> channel.position(newPosition));
    return this;
  }

  @Override
  public long size() throws IOException {
    return named(channel::size);
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    named(() -> channel.truncate(size));
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    named(
        () -> {
          channel.force(metaData);
          return channel;
        });
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return named(() -> channel.transferTo(position, count, target));
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    return named(() -> channel.transferFrom(source, position, count));
  }

  @Override
  public UnsupportedOperationException refusal(MapMode mode, long position, long size)
      throws IOException {
    return named(() -> channel.refusal(mode, position, size));
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return new Lock(named(() -> channel.lock(position, size, shared)));
  }

  @Override
  public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
    FileLock[] taken = new FileLock[1];
    named(() -> taken[0] = channel.tryLock(position, size, shared));
    return taken[0] == null ? null : new Lock(taken[0]);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    named(
        () -> {
          channel.close();
          return channel;
        });
  }

  /** A lock of the channel inside, as one of this. */
  private final class Lock extends FileLock {

    private final FileLock lock;

    private Lock(FileLock lock) {
      super(InsideChannel.this, lock.position(), lock.size(), lock.isShared());
      this.lock = lock;
    }

    @Override
    public boolean isValid() {
      return lock.isValid();
    }

    @Override
    public void release() throws IOException {
      lock.release();
    }
  }
}
