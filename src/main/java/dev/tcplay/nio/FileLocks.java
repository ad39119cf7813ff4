package dev.tcplay.nio;

import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;

/** The locks on one file. */
final class FileLocks {

  private final LockTable table;
  private final long id;

  FileLocks(LockTable table, long id) {
    this.table = table;
    this.id = id;
  }

  /**
   * Locks a range for a channel, which is read-only.
   *
   * @throws NonWritableChannelException if the lock is to be exclusive
   * @throws java.nio.channels.OverlappingFileLockException if this JVM has a lock in the range
   * @throws IllegalArgumentException if the range is none
   */
  FileLock lock(FileChannel channel, long position, long size, boolean shared) {
    checkShared(shared);
    return add(new Lock(channel, position, size));
  }

  /** Locks a range for a channel, as the other method. */
  FileLock lock(AsynchronousFileChannel channel, long position, long size, boolean shared) {
    checkShared(shared);
    return add(new Lock(channel, position, size));
  }

  /** Gives up all locks of a channel that is closed. */
  void release(Channel channel) {
    table.removeAll(id, channel);
  }

  private static void checkShared(boolean shared) {
    if (!shared) {
      throw new NonWritableChannelException();
    }
  }

  private FileLock add(Lock lock) {
    table.add(id, lock);
    return lock;
  }

  private final class Lock extends FileLock {

    private volatile boolean released;

    Lock(FileChannel channel, long position, long size) {
      super(channel, position, size, true);
    }

    Lock(AsynchronousFileChannel channel, long position, long size) {
      super(channel, position, size, true);
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
