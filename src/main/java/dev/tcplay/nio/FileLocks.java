package dev.tcplay.nio;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;

/** The locks on one file. */
final class FileLocks {

  private final LockTable table;
  private final long id;
  private final OpenOptions options;

  FileLocks(LockTable table, long id, OpenOptions options) {
    this.table = table;
    this.id = id;
    this.options = options;
  }

  /**
   * Locks a range for a channel.
   *
   * @throws NonReadableChannelException if the lock is to be shared and the channel does not read
   * @throws NonWritableChannelException if it is to be exclusive and the channel does not write
   * @throws java.nio.channels.OverlappingFileLockException if this JVM has a lock in the range
   * @throws IllegalArgumentException if the range is none
   * @throws AsynchronousCloseException if the channel is closed meanwhile
   */
  FileLock lock(FileChannel channel, long position, long size, boolean shared)
      throws AsynchronousCloseException {
    checkMode(shared);
    return add(new Lock(channel, position, size, shared));
  }

  /** Locks a range for a channel, as the other method. */
  FileLock lock(AsynchronousFileChannel channel, long position, long size, boolean shared)
      throws AsynchronousCloseException {
    checkMode(shared);
    return add(new Lock(channel, position, size, shared));
  }

  /** Gives up a lock that its channel was not told of. */
  void giveUp(FileLock lock) {
    table.remove(id, lock);
  }

  /** Gives up all locks of a channel that is closed. */
  void release(Channel channel) {
    table.removeAll(id, channel);
  }

  private void checkMode(boolean shared) {
    if (shared && !options.read()) {
      throw new NonReadableChannelException();
    }
    if (!shared && !options.write()) {
      throw new NonWritableChannelException();
    }
  }

  private FileLock add(Lock lock) throws AsynchronousCloseException {
    table.add(id, lock);
    if (!lock.acquiredBy().isOpen()) {
      // Whoever closes the channel may have looked for its locks before.
      table.remove(id, lock);
      throw new AsynchronousCloseException();
    }
    return lock;
  }

  private final class Lock extends FileLock {

    private volatile boolean released;

    Lock(FileChannel channel, long position, long size, boolean shared) {
      super(channel, position, size, shared);
    }

    Lock(AsynchronousFileChannel channel, long position, long size, boolean shared) {
      super(channel, position, size, shared);
    }

    @Override
    public boolean isValid() {
      return !released && acquiredBy().isOpen();
    }

    @Override
    public void release() throws IOException {
      if (!acquiredBy().isOpen()) {
        throw new ClosedChannelException();
      }
      released = true;
      table.remove(id, this);
    }
  }
}
