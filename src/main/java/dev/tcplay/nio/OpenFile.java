package dev.tcplay.nio;

import dev.tcplay.fs.Node;
import dev.tcplay.fs.OpenNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.ClosedFileSystemException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * What the channels on a file share in how they read: the open node, given back when the channel is
 * closed and the last read that was in it has ended.
 */
final class OpenFile {

  private static final int CHUNK = 1 << 16;

  private final TcplayPath path;
  private final long id;
  private final OpenNode node;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Reads that run, and one more until the file is closed. */
  private final AtomicInteger users = new AtomicInteger(1);

  private OpenFile(TcplayPath path, long id, OpenNode node) {
    this.path = path;
    this.id = id;
    this.node = node;
  }

  /**
   * Opens a file and makes a channel of it, which the file system closes when it is closed. A
   * directory opens too, but cannot be read, as on Linux: some programs open one only to force it.
   */
  static <C extends Closeable> C open(TcplayPath path, Function<OpenFile, C> channel)
      throws IOException {
    VolumeAccess access = path.getFileSystem().access();
    return access.call(
        path,
        volume -> {
          Node node = NodeFinder.find(volume, path);
          OpenNode contents =
              node.isDirectory() ? new UnreadableDirectory(path) : volume.open(node);
          C opened = channel.apply(new OpenFile(path, node.id(), contents));
          access.opened(opened);
          return opened;
        });
  }

  long size() throws IOException {
    enter();
    try {
      return access().call(path, volume -> node.size());
    } catch (ClosedFileSystemException e) {
      throw closedMeanwhile(e);
    } finally {
      leave();
    }
  }

  /** Reads as {@link java.nio.channels.FileChannel#read(ByteBuffer, long)}. */
  int read(long position, ByteBuffer target) throws IOException {
    if (target.isReadOnly()) {
      throw new IllegalArgumentException("the buffer is read-only");
    }
    enter();
    try {
      return target.hasArray() ? readArray(position, target) : readChunks(position, target);
    } catch (ClosedFileSystemException e) {
      throw closedMeanwhile(e);
    } finally {
      leave();
    }
  }

  private int readArray(long position, ByteBuffer target) throws IOException {
    int start = target.arrayOffset() + target.position();
    int n = read(position, target.array(), start, target.remaining());
    target.position(target.position() + Math.max(n, 0));
    return n;
  }

  private int readChunks(long position, ByteBuffer target) throws IOException {
    byte[] chunk = new byte[Math.min(CHUNK, target.remaining())];
    int done = 0;
    while (target.hasRemaining()) {
      int wanted = Math.min(chunk.length, target.remaining());
      int n = read(position + done, chunk, 0, wanted);
      if (n < 0) {
        return done == 0 ? n : done;
      }
      target.put(chunk, 0, n);
      done += n;
      if (n < wanted) {
        break;
      }
    }
    return done;
  }

  private int read(long position, byte[] target, int offset, int length) throws IOException {
    return access().call(path, volume -> node.read(position, target, offset, length));
  }

  private VolumeAccess access() {
    return path.getFileSystem().access();
  }

  /** Returns the locks on this file; they are those of all its channels. */
  FileLocks locks() {
    return new FileLocks(path.getFileSystem().locks(), id);
  }

  private void enter() throws ClosedChannelException {
    int running;
    do {
      running = users.get();
      if (closed.get() || running == 0) {
        throw new ClosedChannelException();
      }
    } while (!users.compareAndSet(running, running + 1));
  }

  private void leave() throws IOException {
    if (users.decrementAndGet() == 0) {
      node.close();
    }
  }

  private static ClosedChannelException closedMeanwhile(ClosedFileSystemException cause) {
    ClosedChannelException closed = new AsynchronousCloseException();
    closed.initCause(cause);
    return closed;
  }

  /** Closes the file for a channel. Only the first call acts. */
  void close(Closeable channel) throws IOException {
    if (closed.compareAndSet(false, true)) {
      try {
        leave();
      } finally {
        access().closed(channel);
      }
    }
  }
}
