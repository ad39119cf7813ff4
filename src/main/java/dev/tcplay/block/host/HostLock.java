package dev.tcplay.block.host;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lock on a host file, with the channel that has it: what is lost of it is noticed, and
 * remembered.
 */
final class HostLock implements LockKeeper.Kept, Closeable {

  /** How a file is locked for other processes to see; the stronger, the later. */
  enum Kind {
    NONE,
    SHARED,
    EXCLUSIVE
  }

  private final Path file;
  private final LastingChannel channel;
  private final HostWatch watch;
  private final ReentrantLock changing;
  private volatile Kind kind = Kind.NONE;

  /** Why a writer writes no more, null as long as it may. */
  private volatile @Nullable String lostByWriter;

  /** Why those who read under a lock read no more, null as long as they may. */
  private volatile @Nullable String lostByReaders;

  /** Whether somebody here writes the file by another channel, and answers for that. */
  private volatile boolean isWrittenBeside;

  /**
   * Takes over a channel, which has no lock.
   *
   * @param facts what the file is known by when it is opened again
   * @param watch tells whether another program has changed the file
   * @param changing held while the lock is changed or taken anew, and while the file is opened
   *     again
   */
  HostLock(
      Path file,
      LastingChannel.Facts facts,
      HostChannel channel,
      HostWatch watch,
      ReentrantLock changing) {
    this.file = file;
    this.watch = watch;
    this.changing = changing;
    this.channel = new LastingChannel(file, facts, channel, changing, this::relock);
  }

  /** Returns the channel, which whoever uses it leaves open. */
  LastingChannel channel() {
    return channel;
  }

  Kind kind() {
    return kind;
  }

  /**
   * Changes the lock; it stays so until it is changed again or the file is closed. Readers who have
   * lost theirs stay without.
   *
   * @throws HostInUseException if another process has a lock that does not go with it; then there
   *     is none
   * @throws FileSystemException if a writer that has lost its lock wants to go on as a reader
   */
  void change(Kind wanted) throws IOException {
    changing.lock();
    try {
      if (wanted == kind || isLostToReaders()) {
        return;
      }
      if (kind != Kind.EXCLUSIVE) {
        // What an earlier writer has lost is not the loss of a new one.
        lostByWriter = null;
      } else if (wanted == Kind.SHARED) {
        keepLock();
        checkWriter();
      }
      kind = Kind.NONE;
      channel.current().unlock();
      if (wanted == Kind.NONE) {
        LockKeeper.remove(this);
      } else {
        channel.perform(host -> lock(host, wanted));
        LockKeeper.add(this);
      }
      kind = wanted;
      if (wanted != Kind.NONE) {
        watch.begin();
      }
    } finally {
      changing.unlock();
    }
  }

  private void lock(HostChannel host, Kind wanted) throws IOException {
    if (!host.tryLock(wanted == Kind.SHARED)) {
      throw new HostInUseException(file.toString(), host.rival());
    }
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
      if (kind == Kind.NONE || lostByWriter != null) {
        return;
      }
      boolean reading = kind == Kind.SHARED;
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

  /** Takes the lock back that the closed channel had; whoever else has it by now has come in. */
  private void relock(HostChannel fresh) throws IOException {
    if (kind == Kind.NONE || lostByWriter != null) {
      return;
    }
    try {
      lock(fresh, kind);
    } catch (HostInUseException e) {
      loseLock();
      throw e;
    }
  }

  private void loseLock() {
    lose(
        kind == Kind.SHARED
            ? "another program has opened the container for writing"
            : "the lock on the container was lost, and another process has it");
  }

  private void lose(String reason) {
    if (kind == Kind.EXCLUSIVE) {
      lostByWriter = reason + "; nothing is written any more";
      return;
    }
    lostByReaders = reason + ", so that what is read may be old and new mixed";
    // Given back for good, so that the next one who opens the file here can have one.
    LockKeeper.remove(this);
    kind = Kind.NONE;
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

  /**
   * Returns whether nobody else has changed the file since it was opened, as far as is known.
   *
   * @param reading whether contents alone count
   */
  boolean isOnlyOurs(boolean reading) {
    try {
      return lostByWriter == null
          && lostByReaders == null
          && (isWrittenBeside || !watch.isChanged(reading));
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

  /** Closes the channel, which gives the lock back; whoever keeps the lock meanwhile ends first. */
  @Override
  public void close() throws IOException {
    changing.lock();
    try {
      LockKeeper.remove(this);
      // Otherwise the timer, about to take the lock anew, would open the file again.
      kind = Kind.NONE;
      channel.close();
    } finally {
      changing.unlock();
    }
  }
}
