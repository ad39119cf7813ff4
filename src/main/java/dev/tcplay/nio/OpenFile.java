package dev.tcplay.nio;

import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.OpenNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the channels on a file share in how they read and write: the open node, given back when the
 * channel is closed and the last call that was in it has ended.
 */
final class OpenFile {

  private static final int CHUNK = 1 << 16;

  private final TcplayPath path;
  private final OpenOptions options;
  private final Node node;
  private final OpenNode contents;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Calls that run, and one more until the file is closed. */
  private final AtomicInteger users = new AtomicInteger(1);

  /**
   * Takes over an open node.
   *
   * @param node what is open
   * @param contents its contents, closed by this
   */
  OpenFile(TcplayPath path, OpenOptions options, Node node, OpenNode contents) {
    this.path = path;
    this.options = options;
    this.node = node;
    this.contents = contents;
  }

  long size() throws IOException {
    return during(this::currentSize);
  }

  private long currentSize() throws IOException {
    return plausible(access().call(path, volume -> contents.size()), 0, Long.MAX_VALUE);
  }

  /** Reads as {@link java.nio.channels.FileChannel#read(ByteBuffer, long)}. */
  int read(long position, ByteBuffer target) throws IOException {
    if (target.isReadOnly()) {
      throw new IllegalArgumentException("the buffer is read-only");
    }
    checkReadable();
    return during(
        () -> target.hasArray() ? readArray(position, target) : readChunks(position, target));
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
    int n = access().call(path, volume -> contents.read(position, target, offset, length));
    return (int) plausible(n, -1, length);
  }

  /** Returns what a driver answers, unless that is a mistake. */
  private long plausible(long answer, long least, long most) throws FileSystemException {
    if (answer < least || answer > most) {
      throw new FileSystemException(path.toString(), null, "the driver answers " + answer);
    }
    return answer;
  }

  /**
   * Writes all of a buffer at a position, or at the end in a file opened to append, where no other
   * write comes between. Where it fails, the buffer tells how much was surely written.
   *
   * @throws FileSystemException if the file cannot become so long; nothing is written
   */
  int write(long position, ByteBuffer source) throws IOException {
    checkWritable();
    int length = source.remaining();
    return length == 0 ? during(() -> 0) : during(() -> writeSome(position, source));
  }

  private int writeSome(long position, ByteBuffer source) throws IOException {
    int length = source.remaining();
    checkRoom(options.append() ? currentSize() : position, length);
    if (options.append()) {
      append(source);
    } else if (source.hasArray()) {
      writeArray(position, source);
    } else {
      writeChunks(position, source);
    }
    if (options.sync()) {
      forceNode();
    }
    return length;
  }

  private void checkRoom(long position, int length) throws FileSystemException {
    if (length > contents.largestSize() - position) {
      throw new FileSystemException(
          path.toString(),
          null,
          "file too large: %d bytes at %d not written, it cannot have more than %d bytes"
              .formatted(length, position, contents.largestSize()));
    }
  }

  /** Appends all of a buffer in one piece, for which one off the heap is copied. */
  private void append(ByteBuffer source) throws IOException {
    int length = source.remaining();
    byte[] bytes;
    int start;
    if (source.hasArray()) {
      bytes = source.array();
      start = source.arrayOffset() + source.position();
    } else {
      bytes = new byte[length];
      start = 0;
      source.get(source.position(), bytes);
    }
    access().write(path, volume -> contents.append(bytes, start, length));
    source.position(source.limit());
  }

  private void writeArray(long position, ByteBuffer source) throws IOException {
    int start = source.arrayOffset() + source.position();
    write(position, source.array(), start, source.remaining());
    source.position(source.limit());
  }

  private void writeChunks(long position, ByteBuffer source) throws IOException {
    byte[] chunk = new byte[Math.min(CHUNK, source.remaining())];
    long at = position;
    while (source.hasRemaining()) {
      int length = Math.min(chunk.length, source.remaining());
      source.get(source.position(), chunk, 0, length);
      write(at, chunk, 0, length);
      source.position(source.position() + length);
      at += length;
    }
  }

  private void write(long position, byte[] source, int offset, int length) throws IOException {
    access().write(path, volume -> contents.write(position, source, offset, length));
  }

  /** Cuts the file off, if it is longer. */
  void truncate(long size) throws IOException {
    checkWritable();
    during(
        () -> {
          access().write(path, volume -> contents.truncate(size));
          return size;
        });
  }

  /** Returns once all that was written is on the host's storage. */
  void force() throws IOException {
    during(
        () -> {
          forceNode();
          return path;
        });
  }

  private void forceNode() throws IOException {
    access().run(path, volume -> contents.force());
  }

  boolean isAppending() {
    return options.append();
  }

  boolean isWritable() {
    return options.write();
  }

  void checkReadable() {
    if (!options.read()) {
      throw new NonReadableChannelException();
    }
  }

  void checkWritable() {
    if (!options.write()) {
      throw new NonWritableChannelException();
    }
  }

  private VolumeAccess access() {
    return path.getFileSystem().access();
  }

  /** Returns the locks on this file; they are those of all its channels. */
  FileLocks locks() {
    return new FileLocks(path.getFileSystem().locks(), node.id(), options);
  }

  /** Something done with the contents. */
  private interface Task<T> {
    T run() throws IOException;
  }

  private <T> T during(Task<T> task) throws IOException {
    enter();
    try {
      return task.run();
    } catch (ClosedFileSystemException e) {
      throw closedMeanwhile(e);
    } catch (NonWritableChannelException | ReadOnlyFileSystemException e) {
      FileSystemException refused =
          new FileSystemException(path.toString(), null, "the volume has become read-only");
      refused.initCause(e);
      throw refused;
    } finally {
      leave();
    }
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
      access().finish(path, contents, this::discard);
    }
  }

  /** Deletes the file at its end if that was wanted, unless it has lost its name before. */
  private void discard(MountedVolume volume) throws IOException {
    if (options.deleteOnClose() && !node.isDirectory() && !volume.isReadOnly()) {
      try {
        volume.delete(node);
      } catch (NoSuchFileException | ReadOnlyFileSystemException e) {
        // Somebody else was quicker, or gave it another name; or nothing can be deleted any more.
      }
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
        access().resources().remove(channel);
      }
    }
  }
}
