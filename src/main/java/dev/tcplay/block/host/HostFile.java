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

/** A host file that outlives its channel, of a size that is known. */
final class HostFile implements Closeable {

  private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ);
  private static final Set<OpenOption> READ_WRITE =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);

  private final Path file;
  private final Set<OpenOption> options;
  private final @Nullable Object key;
  private volatile long size;

  /** The size that the file gets, or has got, while it is resized; else the same. */
  private volatile long nextSize;

  /**
   * Held while the lock is changed or taken anew, and while the file is opened again or resized.
   */
  private final ReentrantLock changing = new ReentrantLock();

  private final HostWatch watch;
  private final HostLock lock;
  private final LastingChannel channel;

  /** Whether the size was found right since the last force. */
  private volatile boolean sizeChecked;

  private HostFile(
      Path file, Set<OpenOption> options, @Nullable Object key, long size, HostChannel channel) {
    this.file = file;
    this.options = options;
    this.key = key;
    this.size = size;
    this.nextSize = size;
    this.watch = new HostWatch(file, key, size);
    this.lock =
        new HostLock(
            file, new LastingChannel.Facts(options, key, this::mayHave), channel, watch, changing);
    this.channel = lock.channel();
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

  HostLock lock() {
    return lock;
  }

  /** Returns whether anything was written here. */
  boolean isWritten() {
    return watch.hasWritten();
  }

  /** Returns whether nobody else has changed the file since it was opened, as far as is known. */
  boolean isOnlyOurs() {
    return lock.isOnlyOurs(isReadOnly());
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
        lock.keepLock();
      }
      lock.checkWriter();
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
      lock.keepLock();
      lock.checkWriter();
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
        if (lock.kind() != HostLock.Kind.NONE) {
          watch.resized(size);
        }
      }
    } finally {
      changing.unlock();
    }
  }

  /** Forces what was written; fails if the host has shrunk, as some of it may be gone. */
  void force() throws IOException {
    if (lock.kind() == HostLock.Kind.EXCLUSIVE) {
      // Before what somebody else wrote is taken for ours.
      lock.keepLock();
    }
    channel.perform(
        host -> {
          sizeChecked = false;
          host.force();
          checkSize(host);
        });
    lock.checkWriter();
    if (lock.kind() == HostLock.Kind.EXCLUSIVE) {
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

  /** Closes the channel, which gives the lock back. */
  @Override
  public void close() throws IOException {
    lock.close();
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
}
