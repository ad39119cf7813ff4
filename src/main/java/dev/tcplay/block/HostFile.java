package dev.tcplay.block;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A host file that outlives its channel. The JDK closes a channel when a thread inside it is
 * interrupted; that thread gets its exception, and whoever comes next opens the file again.
 */
final class HostFile implements Closeable {

  /** Bounds the direct memory that the JDK keeps per thread for transfers of arrays. */
  private static final int CHUNK = 1 << 18;

  private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ);
  private static final Set<OpenOption> READ_WRITE =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);

  private final Path file;
  private final Set<OpenOption> options;
  private final @Nullable Object key;
  private final long size;
  private final ReentrantLock reopening = new ReentrantLock();
  private volatile HostChannel channel;
  private volatile Lock lock = Lock.NONE;

  /** Writes that began and that ended. */
  private final AtomicLong begun = new AtomicLong();

  private final AtomicLong ended = new AtomicLong();

  /** What the file looked like after so many writes. */
  private record Look(HostStamp stamp, long writes) {}

  /** The last look at the file, null as long as there was none. */
  private volatile @Nullable Look look;

  /** When the last write of ours ended, by the clock of this machine. */
  private final AtomicLong lastEndMillis = new AtomicLong();

  /** Whether times of the file tell of changes at once. */
  private final boolean promptTimes;

  /** Why nothing may be written any more, null as long as it may. */
  private volatile @Nullable String lost;

  /** How a file is locked for other processes to see; the stronger, the later. */
  enum Lock {
    NONE,
    SHARED,
    EXCLUSIVE
  }

  /** Whether the size was found right since the last force. */
  private volatile boolean sizeChecked;

  /** What is done with a channel, all over again when the channel was closed meanwhile. */
  private interface Action {
    void with(HostChannel channel) throws IOException;
  }

  private HostFile(
      Path file, Set<OpenOption> options, @Nullable Object key, long size, HostChannel channel) {
    this.file = file;
    this.options = options;
    this.key = key;
    this.size = size;
    this.channel = channel;
    this.promptTimes = HostStamp.hasPromptTimes(file);
  }

  /** Opens a file, not locked. */
  static HostFile open(Path file, boolean readOnly, @Nullable Object key) throws IOException {
    Set<OpenOption> options = readOnly ? READ : READ_WRITE;
    HostChannel channel = HostChannel.open(file, options);
    try {
      return new HostFile(file, options, key, channel.size(), channel);
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Changes the lock; it stays so until it is changed again or the file is closed.
   *
   * @throws HostInUseException if another process has a lock that does not go with it; then there
   *     is none
   */
  void lock(Lock wanted) throws IOException {
    reopening.lock();
    try {
      if (wanted == lock) {
        return;
      }
      if (lock != Lock.EXCLUSIVE) {
        // What an earlier writer has lost is not the loss of a new one.
        lost = null;
      }
      lock = Lock.NONE;
      channel.unlock();
      if (wanted == Lock.NONE) {
        LockKeeper.remove(this);
      } else {
        perform(host -> lock(host, wanted));
        LockKeeper.add(this);
      }
      lock = wanted;
      takeStamp();
    } finally {
      reopening.unlock();
    }
  }

  Lock lock() {
    return lock;
  }

  /**
   * Takes the lock anew, and looks whether anybody else has changed the file since our own last
   * write. What is lost is remembered: from then on nothing is written, and writing and forcing say
   * why.
   */
  void keepLock() {
    reopening.lock();
    try {
      if (lock == Lock.NONE || lost != null) {
        return;
      }
      boolean[] held = {true};
      perform(host -> held[0] = host.retakeLock(lock == Lock.SHARED));
      if (!held[0]) {
        lose("its lock was lost, and another process has it");
      } else if (lock == Lock.EXCLUSIVE) {
        compare();
      }
    } catch (HostInUseException e) {
      lose("its lock was lost, and another process has it");
    } catch (IOException | RuntimeException e) {
      // Nothing can be told, as in an interrupted thread; the next turn looks again.
    } finally {
      reopening.unlock();
    }
  }

  private void lose(String reason) {
    if (lock == Lock.EXCLUSIVE) {
      lost = reason + "; nothing is written any more";
    }
  }

  /** Compares with the stamp, unless a write of ours is under way or came since. */
  private void compare() throws IOException {
    Look expected = look;
    long writes = begun.get();
    if (!promptTimes || expected == null || ended.get() != writes) {
      return;
    }
    long lastEnd = lastEndMillis.get();
    HostStamp now = HostStamp.of(file);
    if (now == null || !now.isOf(key)) {
      // Reported when it is forced: what is written is not lost, but has another name or none.
      return;
    }
    if (now.size() < size) {
      // Whoever reads or writes what is gone is told so.
      return;
    }
    // Behind a write of ours the stamp is old, but nothing may be later than that write's end.
    boolean isChanged =
        expected.writes() == writes
            ? !now.equals(expected.stamp())
            : now.modified().toMillis() > lastEnd || now.size() != expected.stamp().size();
    if (begun.get() == writes && isChanged) {
      lose("another program has changed it");
    }
  }

  /** Remembers what the file looks like, if no write of ours comes between. */
  private void takeStamp() throws IOException {
    long writes = ended.get();
    if (lock == Lock.EXCLUSIVE && begun.get() == writes) {
      HostStamp now = HostStamp.of(file);
      if (now != null && now.isOf(key) && begun.get() == writes) {
        look = new Look(now, writes);
      }
    }
  }

  private void checkKept() throws FileSystemException {
    String reason = lost;
    if (reason != null) {
      throw new FileSystemException(file.toString(), null, reason);
    }
  }

  private void lock(HostChannel host, Lock wanted) throws IOException {
    if (!host.tryLock(wanted == Lock.SHARED)) {
      throw new HostInUseException(file.toString(), "another process");
    }
  }

  /** Returns the size at opening. */
  long size() {
    return size;
  }

  boolean isReadOnly() {
    return options.equals(READ);
  }

  void read(long position, byte[] target, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      ByteBuffer chunk = ByteBuffer.wrap(target, offset + done, Math.min(CHUNK, length - done));
      long start = position + done;
      perform(host -> readFully(host, start, chunk.duplicate()));
      done += chunk.remaining();
    }
  }

  void write(long position, byte[] source, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      ByteBuffer chunk = ByteBuffer.wrap(source, offset + done, Math.min(CHUNK, length - done));
      long start = position + done;
      if (!sizeChecked) {
        // The first write since the last force: a commit begins.
        keepLock();
      }
      checkKept();
      begun.incrementAndGet();
      try {
        perform(host -> writeFully(host, start, chunk.duplicate()));
      } finally {
        lastEndMillis.accumulateAndGet(System.currentTimeMillis(), Math::max);
        ended.incrementAndGet();
      }
      done += chunk.remaining();
    }
  }

  /** Forces what was written; fails if the host has shrunk, as some of it may be gone. */
  void force() throws IOException {
    if (lock == Lock.EXCLUSIVE) {
      // Before what somebody else wrote is taken for ours.
      keepLock();
    }
    perform(
        host -> {
          sizeChecked = false;
          host.force();
          checkSize(host);
        });
    checkKept();
    if (lock == Lock.EXCLUSIVE) {
      checkName();
      takeStamp();
    }
  }

  /** Takes a last look, and fails if the lock was lost or another program has come in between. */
  void checkAtEnd() throws IOException {
    keepLock();
    checkKept();
  }

  /** Fails if the path leads to another file, or to none, than the one that is open. */
  private void checkName() throws IOException {
    if (key != null) {
      HostStamp now = HostStamp.of(file);
      if (now == null || !now.isOf(key)) {
        throw new FileSystemException(
            file.toString(),
            null,
            "was deleted or replaced: what was written lies in a file that no longer has this name");
      }
    }
  }

  private void checkSize(HostChannel host) throws IOException {
    long now = host.size();
    if (now < size) {
      throw new FileSystemException(
          file.toString(), null, "has shrunk from " + size + " to " + now + " bytes");
    }
  }

  /** Closes the channel, which gives the lock back. */
  @Override
  public void close() throws IOException {
    LockKeeper.remove(this);
    channel.close();
  }

  private void readFully(HostChannel host, long position, ByteBuffer chunk) throws IOException {
    long at = position;
    while (chunk.hasRemaining()) {
      int n = host.read(chunk, at);
      if (n <= 0) {
        throw new FileSystemException(
            file.toString(),
            null,
            "ends at offset "
                + at
                + ", "
                + chunk.remaining()
                + " more bytes were there at opening");
      }
      at += n;
    }
  }

  private void writeFully(HostChannel host, long position, ByteBuffer chunk) throws IOException {
    long at = position;
    try {
      // Writing behind the end of a host that has shrunk makes it longer, with a hole where data
      // was. It is as long as before, and passes for whole, only once its last byte is written.
      if (!sizeChecked || position + chunk.remaining() == size) {
        checkSize(host);
        sizeChecked = true;
      }
      while (chunk.hasRemaining()) {
        int n = host.write(chunk, at);
        if (n <= 0) {
          throw new IOException("nothing taken");
        }
        at += n;
      }
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      FileSystemException failure =
          new FileSystemException(
              file.toString(),
              null,
              chunk.remaining() + " bytes at offset " + at + " not written: " + e.getMessage());
      failure.initCause(e);
      throw failure;
    }
  }

  private void perform(Action action) throws IOException {
    while (true) {
      if (Thread.currentThread().isInterrupted()) {
        // Found out before the channel does, which would close itself.
        throw new ClosedByInterruptException();
      }
      HostChannel current = channel;
      try {
        action.with(current);
        return;
      } catch (ClosedChannelException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e instanceof ClosedByInterruptException ? e : new ClosedByInterruptException();
        }
        tryToReopen(current);
      } catch (RuntimeException e) {
        throw uncheckedFailure(e);
      }
    }
  }

  /**
   * Opens the file again, unless the new channel is closed at once: an interrupt reaches the thread
   * before it reaches the channel, so one that the thread has cleared can still close the next
   * channel it uses. Whoever calls this tries again, or sees that the thread is interrupted now.
   */
  private void tryToReopen(HostChannel closed) throws IOException {
    try {
      reopen(closed);
    } catch (ClosedByInterruptException e) {
      // The closed channel is still in place.
    }
  }

  /** What a provider throws must not go up unchecked through the layers. */
  private IOException uncheckedFailure(RuntimeException e) {
    FileSystemException failure = new FileSystemException(file.toString(), null, e.toString());
    failure.initCause(e);
    return failure;
  }

  /** Replaces a channel that an interrupt closed, unless another thread already has. */
  private void reopen(HostChannel closed) throws IOException {
    reopening.lock();
    try {
      if (channel != closed) {
        return;
      }
      // Waits until it is closed indeed: closing gives back the lock, even one taken meanwhile.
      closed.close();
      Object nowKey = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      HostChannel fresh = HostChannel.open(file, options);
      try {
        long nowSize = fresh.size();
        if (nowSize != size || !Objects.equals(nowKey, key)) {
          throw new FileSystemException(file.toString(), null, "is no longer the file once opened");
        }
        if (lock != Lock.NONE) {
          lock(fresh, lock);
        }
      } catch (IOException | RuntimeException | Error e) {
        fresh.close();
        throw e;
      }
      channel = fresh;
    } catch (RuntimeException e) {
      throw uncheckedFailure(e);
    } finally {
      reopening.unlock();
    }
  }
}
