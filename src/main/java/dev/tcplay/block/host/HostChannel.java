package dev.tcplay.block.host;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One opening of a host file, read and written at positions. */
abstract class HostChannel implements Closeable {

  /** Behind any end that a file can have, so that nobody's reading and writing is in the way. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  /** Two more bytes, of which one is locked at any time while the others are taken anew. */
  private static final long[] TURNS = {Long.MAX_VALUE - 3, Long.MAX_VALUE - 2};

  private static final String THIS_PROCESS =
      "this process, but by other code: perhaps by a copy of tcplay that another class loader has"
          + " loaded";

  /** Reads some bytes at a position, -1 where the host ends. */
  abstract int read(ByteBuffer target, long position) throws IOException;

  /** Writes some bytes at a position. */
  abstract int write(ByteBuffer source, long position) throws IOException;

  abstract long size() throws IOException;

  /** Makes a file longer, by zeros, or cuts it. */
  final void resize(long newSize) throws IOException {
    if (newSize <= size()) {
      truncate(newSize);
    } else {
      write(ByteBuffer.allocate(1), newSize - 1);
    }
  }

  abstract void truncate(long newSize) throws IOException;

  /** Returns once all written bytes are on the host's storage, as far as its provider can tell. */
  abstract void force() throws IOException;

  /**
   * Locks the host against other processes.
   *
   * @return false if somebody else has the lock, whom {@link #rival} names
   */
  abstract boolean tryLock(boolean shared) throws IOException;

  /** Returns who had the lock when it was not to be had. */
  String rival() {
    return "another process";
  }

  /**
   * Takes the lock anew, as it may be lost without a sign: on POSIX whoever in this process closes
   * a channel on the file drops it. At no moment is it given up, if it is still there.
   *
   * @return false if another process has the lock; then there is none here
   */
  abstract boolean retakeLock(boolean shared) throws IOException;

  /** Gives the lock back, if there is one. */
  abstract void unlock() throws IOException;

  /** Opens a file the best way that its provider knows. */
  static HostChannel open(Path file, Set<OpenOption> options) throws IOException {
    SeekableByteChannel channel;
    try {
      channel = FileChannel.open(file, options);
    } catch (UnsupportedOperationException e) {
      channel = Files.newByteChannel(file, options);
    }
    return channel instanceof FileChannel positional
        ? new Positional(file, positional)
        : new Seeking(channel);
  }

  /** Over a channel that any number of threads read at once. */
  private static final class Positional extends HostChannel {

    private final Path file;
    private final FileChannel channel;
    private @Nullable FileLock lock;

    /** The lock of one of the two bytes, and which of them it is. */
    private @Nullable FileLock turn;

    private int turnOf;
    private @Nullable String rival;

    Positional(Path file, FileChannel channel) {
      this.file = file;
      this.channel = channel;
    }

    @Override
    int read(ByteBuffer target, long position) throws IOException {
      return channel.read(target, position);
    }

    @Override
    int write(ByteBuffer source, long position) throws IOException {
      return channel.write(source, position);
    }

    @Override
    long size() throws IOException {
      long size = channel.size();
      if (size > 0 || HostKind.of(file) != HostKind.BLOCK_DEVICE) {
        return size;
      }
      return DeviceSize.find(position -> channel.read(ByteBuffer.allocate(1), position) > 0);
    }

    @Override
    void truncate(long newSize) throws IOException {
      channel.truncate(newSize);
    }

    @Override
    void force() throws IOException {
      channel.force(false);
    }

    @Override
    String rival() {
      return rival == null ? super.rival() : rival;
    }

    @Override
    boolean tryLock(boolean shared) throws IOException {
      rival = null;
      try {
        // Both bytes first: the owner of the lock has one of them, also while it takes it anew.
        FileLock first = lock(TURNS[0], shared);
        FileLock second = first == null ? null : lock(TURNS[1], shared);
        lock = second == null ? null : lock(LOCKED_BYTE, shared);
        if (lock == null) {
          release(first);
          release(second);
          return false;
        }
        release(second);
        turn = first;
        turnOf = 0;
        return true;
      } catch (UnsupportedOperationException e) {
        return true;
      }
    }

    private @Nullable FileLock lock(long position, boolean shared) throws IOException {
      try {
        return channel.tryLock(position, 1, shared);
      } catch (OverlappingFileLockException e) {
        // Of this process, but of none of our file systems: the table of hosts knows those.
        rival = THIS_PROCESS;
        return null;
      }
    }

    /** A process that tries to come in may have a byte for the moment in which it is refused. */
    private @Nullable FileLock lockPatiently(long position, boolean shared) throws IOException {
      FileLock taken = lock(position, shared);
      for (int i = 0; taken == null && i < Tuning.LOCK_ATTEMPTS; i++) {
        LockSupport.parkNanos(Tuning.LOCK_PAUSE_NANOS);
        taken = lock(position, shared);
      }
      return taken;
    }

    private static void release(@Nullable FileLock held) throws IOException {
      // A channel that an interrupt closed has lost its locks with it.
      if (held != null && held.isValid()) {
        held.release();
      }
    }

    @Override
    boolean retakeLock(boolean shared) throws IOException {
      if (lock == null) {
        // Lost at an earlier turn, or of a host that knows no locks.
        return tryLock(shared);
      }
      FileLock next = lockPatiently(TURNS[1 - turnOf], shared);
      if (next == null) {
        unlock();
        return false;
      }
      release(lock);
      // At once: nobody gets as far as this byte while we have the others, and who has lost the
      // lock
      // without knowing must not be in the way of whoever came in.
      lock = lock(LOCKED_BYTE, shared);
      release(turn);
      turn = next;
      turnOf = 1 - turnOf;
      if (lock == null) {
        unlock();
        return false;
      }
      return true;
    }

    @Override
    void unlock() throws IOException {
      release(lock);
      release(turn);
      lock = null;
      turn = null;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** Over a channel with one position, which threads take turns to move. */
  private static final class Seeking extends HostChannel {

    private final SeekableByteChannel channel;
    private final ReentrantLock turn = new ReentrantLock();

    Seeking(SeekableByteChannel channel) {
      this.channel = channel;
    }

    @Override
    int read(ByteBuffer target, long position) throws IOException {
      turn.lock();
      try {
        return seek(position).read(target);
      } finally {
        turn.unlock();
      }
    }

    @Override
    int write(ByteBuffer source, long position) throws IOException {
      turn.lock();
      try {
        return seek(position).write(source);
      } finally {
        turn.unlock();
      }
    }

    private SeekableByteChannel seek(long position) throws IOException {
      try {
        return channel.position(position);
      } catch (UnsupportedOperationException e) {
        throw new IOException("the host cannot be read at a position", e);
      }
    }

    @Override
    long size() throws IOException {
      turn.lock();
      try {
        return channel.size();
      } finally {
        turn.unlock();
      }
    }

    @Override
    void truncate(long newSize) throws IOException {
      turn.lock();
      try {
        channel.truncate(newSize);
      } finally {
        turn.unlock();
      }
    }

    /** A plain channel knows no locks, so there is nobody to lock out. */
    @Override
    boolean tryLock(boolean shared) {
      return true;
    }

    @Override
    boolean retakeLock(boolean shared) {
      return true;
    }

    @Override
    void unlock() {}

    /** Nothing to do: a plain channel knows no force, its provider answers for what it took. */
    @Override
    void force() {}

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
