package dev.tcplay.block.host;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A host file that outlives its channel, with its lock: what is lost of that is noticed, and
 * remembered.
 */
final class HostFile implements LockKeeper.Kept, Closeable {

  private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ);
  private static final Set<OpenOption> READ_WRITE =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);

  private final Path file;
  private final Set<OpenOption> options;
  private final @Nullable Object key;
  private volatile long size;

  /** The size that the file gets, or has got, while it is resized; else the same. */
  private volatile long nextSize;

  /** Held while the lock is changed or taken anew, and while the file is opened again. */
  private final ReentrantLock changing = new ReentrantLock();

  private final LastingChannel channel;
  private final HostWatch watch;
  private volatile Lock lock = Lock.NONE;

  /** Why a writer writes no more, null as long as it may. */
  private volatile @Nullable String lostByWriter;

  /** Why those who read under a lock read no more, null as long as they may. */
  private volatile @Nullable String lostByReaders;

  /** Whether somebody here writes the file by another channel, and answers for that. */
  private volatile boolean isWrittenBeside;

  /** How a file is locked for other processes to see; the stronger, the later. */
  enum Lock {
    NONE,
    SHARED,
    EXCLUSIVE
  }

  /** Whether the size was found right since the last force. */
  private volatile boolean sizeChecked;

  private HostFile(
      Path file, Set<OpenOption> options, @Nullable Object key, long size, HostChannel channel) {
    this.file = file;
    this.options = options;
    this.key = key;
    this.size = size;
    this.nextSize = size;
    this.channel =
        new LastingChannel(
            file,
            new LastingChannel.Facts(options, key, this::mayHave),
            channel,
            changing,
            this::relock);
    this.watch = new HostWatch(file, key, size);
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
   * Changes the lock; it stays so until it is changed again or the file is closed. Readers who have
   * lost theirs stay without.
   *
   * @throws HostInUseException if another process has a lock that does not go with it; then there
   *     is none
   * @throws FileSystemException if a writer that has lost its lock wants to go on as a reader
   */
  void lock(Lock wanted) throws IOException {
    changing.lock();
    try {
      if (wanted == lock || isLostToReaders()) {
        return;
      }
      if (lock != Lock.EXCLUSIVE) {
        // What an earlier writer has lost is not the loss of a new one.
        lostByWriter = null;
      } else if (wanted == Lock.SHARED) {
        keepLock();
        checkWriter();
      }
      lock = Lock.NONE;
      channel.current().unlock();
      if (wanted == Lock.NONE) {
        LockKeeper.remove(this);
      } else {
        channel.perform(host -> lock(host, wanted));
        LockKeeper.add(this);
      }
      lock = wanted;
      if (wanted != Lock.NONE) {
        watch.begin();
      }
    } finally {
      changing.unlock();
    }
  }

  Lock lock() {
    return lock;
  }

  /**
   * Takes the lock anew, and looks whether anybody else has changed the file since our own last
   * write, or since readers began. What is lost is remembered: from then on nothing is written, or
   * read under the lock of a reader, and whoever tries is told why.
   */
  @Override
  public void keepLock() {
    changing.lock();
    try {
      if (lock == Lock.NONE || lostByWriter != null) {
        return;
      }
      boolean reading = lock == Lock.SHARED;
      boolean[] held = {true};
      channel.perform(host -> held[0] = host.retakeLock(reading));
      if (!held[0]) {
        loseLock();
      } else if (!(reading && isWrittenBeside) && watch.isChanged(reading)) {
        lose("another program has changed the container");
      }
    } catch (IOException | RuntimeException e) {
      // Lost while the file was opened again, or nothing can be told: then the next turn looks
      // again.
    } finally {
      changing.unlock();
    }
  }

  private void loseLock() {
    lose(
        lock == Lock.SHARED
            ? "another program has opened the container for writing"
            : "the lock on the container was lost, and another process has it");
  }

  private void lose(String reason) {
    if (lock == Lock.EXCLUSIVE) {
      lostByWriter = reason + "; nothing is written any more";
      return;
    }
    lostByReaders = reason + ", so that what is read may be old and new mixed";
    // Given back for good, so that the next one who opens the file here can have one.
    LockKeeper.remove(this);
    lock = Lock.NONE;
    try {
      channel.current().unlock();
    } catch (IOException e) {
      // What keeps others out until the file is closed does no harm.
    }
  }

  /** Returns whether readers have lost their lock; the file then serves nobody new. */
  boolean isLostToReaders() {
    return lostByReaders != null;
  }

  /** Returns whether anything was written here. */
  boolean isWritten() {
    return watch.hasWritten();
  }

  /** Returns whether nobody else has changed the file since it was opened, as far as is known. */
  boolean isOnlyOurs() {
    try {
      return lostByWriter == null
          && lostByReaders == null
          && (isWrittenBeside || !watch.isChanged(isReadOnly()));
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /** Says that somebody here writes the file by another channel, without a lock. */
  void allowWritingBeside() {
    isWrittenBeside = true;
  }

  /** Fails if a writer has lost its lock, or another program has changed the file. */
  void checkWriter() throws FileSystemException {
    check(lostByWriter);
  }

  /** Fails if readers have lost their lock, or another program has changed the file. */
  void checkReaders() throws FileSystemException {
    check(lostByReaders);
  }

  private void check(@Nullable String reason) throws FileSystemException {
    if (reason != null) {
      throw new FileSystemException(file.toString(), null, reason);
    }
  }

  private void lock(HostChannel host, Lock wanted) throws IOException {
    if (!host.tryLock(wanted == Lock.SHARED)) {
      throw new HostInUseException(file.toString(), host.rival());
    }
  }

  private boolean mayHave(long bytes) {
    return bytes == size || bytes == nextSize;
  }

  /** Returns the size at opening, or that which it was given since. */
  long size() {
    return size;
  }

  boolean isReadOnly() {
    return options.equals(READ);
  }

  void read(long position, byte[] target, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      ByteBuffer chunk =
          ByteBuffer.wrap(target, offset + done, Math.min(Tuning.CHUNK, length - done));
      long start = position + done;
      channel.perform(host -> readFully(host, start, chunk.duplicate()));
      done += chunk.remaining();
    }
  }

  void write(long position, byte[] source, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      ByteBuffer chunk =
          ByteBuffer.wrap(source, offset + done, Math.min(Tuning.CHUNK, length - done));
      long start = position + done;
      if (!sizeChecked) {
        // The first write since the last force: a commit begins.
        keepLock();
      }
      checkWriter();
      watch.beginWrite();
      try {
        channel.perform(host -> writeFully(host, start, chunk.duplicate()));
      } finally {
        watch.endWrite();
      }
      done += chunk.remaining();
    }
  }

  /**
   * Makes the file longer, by zeros, or cuts it; for a writer.
   *
   * @throws FileSystemException if it is a block device
   * @throws IOException if it cannot be; it then has the old size
   */
  void resize(long newSize) throws IOException {
    changing.lock();
    try {
      keepLock();
      checkWriter();
      if (HostKind.of(file) == HostKind.BLOCK_DEVICE) {
        throw new FileSystemException(
            file.toString(), null, "is a block device, which cannot be resized here");
      }
      nextSize = newSize;
      watch.beginWrite();
      try {
        channel.perform(host -> host.resize(newSize));
        size = newSize;
      } finally {
        nextSize = size;
        watch.endWrite();
        if (lock != Lock.NONE) {
          watch.resized(size);
        }
      }
    } finally {
      changing.unlock();
    }
  }

  /** Forces what was written; fails if the host has shrunk, as some of it may be gone. */
  void force() throws IOException {
    if (lock == Lock.EXCLUSIVE) {
      // Before what somebody else wrote is taken for ours.
      keepLock();
    }
    channel.perform(
        host -> {
          sizeChecked = false;
          host.force();
          checkSize(host);
        });
    checkWriter();
    if (lock == Lock.EXCLUSIVE) {
      checkName();
      watch.look();
    }
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

  /** Closes the channel, which gives the lock back; whoever keeps the lock meanwhile ends first. */
  @Override
  public void close() throws IOException {
    changing.lock();
    try {
      LockKeeper.remove(this);
      // Otherwise the timer, about to take the lock anew, would open the file again.
      lock = Lock.NONE;
      channel.close();
    } finally {
      changing.unlock();
    }
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

  /** Takes the lock back that the closed channel had; whoever else has it by now has come in. */
  private void relock(HostChannel fresh) throws IOException {
    if (lock == Lock.NONE || lostByWriter != null) {
      return;
    }
    try {
      lock(fresh, lock);
    } catch (HostInUseException e) {
      loseLock();
      throw e;
    }
  }
}
