package dev.tcplay.block.host;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The channel of a host file, and the next one when it was closed. The JDK closes a channel when a
 * thread inside it is interrupted. For files with a name this is the one place that knows of
 * interrupts: it opens the file again and repeats what was to be done, and the thread keeps its
 * interrupt.
 */
final class LastingChannel implements Closeable {

  /** What is done with a channel, all over again when the channel was closed meanwhile. */
  @FunctionalInterface
  interface Action {
    void with(HostChannel channel) throws IOException;
  }

  /**
   * What a file is known by when it is opened again.
   *
   * @param options how it is opened
   * @param key what tells it from others, null where the host has no such thing
   * @param size whether it may have so many bytes
   */
  record Facts(Set<OpenOption> options, @Nullable Object key, LongPredicate size) {}

  private final Path file;
  private final Facts facts;
  private final ReentrantLock changing;
  private final Action relocking;
  private volatile HostChannel channel;

  /** Whether the channel was closed for good; guarded by the lock. */
  private boolean closed;

  /**
   * Takes over an open channel.
   *
   * @param changing held while the file is opened again
   * @param relocking has a new channel locked as the one before was
   */
  LastingChannel(
      Path file, Facts facts, HostChannel channel, ReentrantLock changing, Action relocking) {
    this.file = file;
    this.facts = facts;
    this.channel = channel;
    this.changing = changing;
    this.relocking = relocking;
  }

  /** Returns the channel of the moment, which may be closed. */
  HostChannel current() {
    return channel;
  }

  /** Does something with the channel; see {@link Action}. */
  void perform(Action action) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        HostChannel current = channel;
        try {
          action.with(current);
          return;
        } catch (ClosedChannelException e) {
          interrupted |= Thread.interrupted();
          tryToReopen(current);
        } catch (RuntimeException e) {
          throw uncheckedFailure(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Opens the file again, unless the new channel is closed at once: an interrupt reaches the thread
   * before it reaches the channel, so one that the thread has cleared can still close the next
   * channel it uses. Whoever calls this tries again.
   */
  private void tryToReopen(HostChannel old) throws IOException {
    try {
      reopen(old);
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
  private void reopen(HostChannel old) throws IOException {
    changing.lock();
    try {
      if (closed) {
        throw new ClosedChannelException();
      }
      if (channel != old) {
        return;
      }
      // Waits until it is closed indeed: closing gives back the lock, even one taken meanwhile.
      old.close();
      Object nowKey = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      HostChannel fresh = HostChannel.open(file, facts.options());
      try {
        if (!facts.size().test(fresh.size()) || !Objects.equals(nowKey, facts.key())) {
          throw new FileSystemException(file.toString(), null, "is no longer the file once opened");
        }
        relocking.with(fresh);
      } catch (IOException | RuntimeException | Error e) {
        fresh.close();
        throw e;
      }
      channel = fresh;
    } catch (RuntimeException e) {
      throw uncheckedFailure(e);
    } finally {
      changing.unlock();
    }
  }

  /** Closes the channel for good, whoever is about to open it again. */
  @Override
  public void close() throws IOException {
    changing.lock();
    try {
      closed = true;
      channel.close();
    } finally {
      changing.unlock();
    }
  }
}
