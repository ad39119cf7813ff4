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
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * What the channels on a file share in how they read and write: the open node, given back when the
 * channel is closed and the last call that was in it has ended.
 */
final class OpenFile {

  private static final int CHUNK = 1 << 16;

  private final TcplayPath path;
  private final OpenOptions options;
  private final long id;
  private final OpenNode node;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Calls that run, and one more until the file is closed. */
  private final AtomicInteger users = new AtomicInteger(1);

  private OpenFile(TcplayPath path, OpenOptions options, long id, OpenNode node) {
    this.path = path;
    this.options = options;
    this.id = id;
    this.node = node;
  }

  /**
   * Opens a file and makes a channel of it, which the file system closes when it is closed. A
   * directory opens too, but cannot be read, as on Linux: some programs open one only to force it.
   *
   * @throws ReadOnlyFileSystemException if the options ask for a change, and there can be none
   */
  static <C extends Closeable> C open(
      TcplayPath path, OpenOptions options, Function<OpenFile, C> channel) throws IOException {
    VolumeAccess access = path.getFileSystem().access();
    return access.call(
        path,
        volume -> {
          if (volume.isReadOnly() && (options.write() || options.deleteOnClose())) {
            throw new ReadOnlyFileSystemException();
          }
          Node node = find(volume, path, options);
          OpenNode contents =
              node.isDirectory() ? new UnreadableDirectory(path) : volume.open(node);
          try {
            if (options.truncate()) {
              contents.truncate(0);
            }
            C opened = channel.apply(new OpenFile(path, options, node.id(), contents));
            access.opened(opened);
            return opened;
          } catch (Throwable e) {
            try (contents) {
              throw e;
            }
          }
        });
  }

  private static Node find(MountedVolume volume, TcplayPath path, OpenOptions options)
      throws IOException {
    Optional<Node> node = NodeFinder.findIfExists(volume, path);
    if (node.isEmpty() && options.create()) {
      throw new FileSystemException(
          path.toString(), null, "no file can be made on a volume of type " + volume.type());
    }
    if (node.isPresent() && options.createNew()) {
      throw new FileAlreadyExistsException(path.toString());
    }
    if (options.deleteOnClose()) {
      throw new FileSystemException(
          path.toString(), null, "no file can be deleted on a volume of type " + volume.type());
    }
    Node found = node.isPresent() ? node.get() : NodeFinder.find(volume, path);
    if (found.isDirectory() && options.write()) {
      throw new FileSystemException(path.toString(), null, "Is a directory");
    }
    return found;
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
    checkReadable();
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

  /**
   * Writes all of a buffer at a position, or at the end in a file opened to append. Where it fails,
   * the buffer tells how much was written.
   *
   * @throws FileSystemException if the file cannot become so long; nothing is written
   */
  int write(long position, ByteBuffer source) throws IOException {
    checkWritable();
    enter();
    try {
      long start = options.append() ? access().call(path, volume -> node.size()) : position;
      int length = source.remaining();
      if (length > node.largestSize() - start) {
        throw new FileSystemException(
            path.toString(),
            null,
            "%d bytes at %d not written: the file cannot have more than %d bytes"
                .formatted(length, start, node.largestSize()));
      }
      if (source.hasArray()) {
        writeArray(start, source);
      } else {
        writeChunks(start, source);
      }
      if (options.sync()) {
        forceNode();
      }
      return length;
    } catch (ClosedFileSystemException e) {
      throw closedMeanwhile(e);
    } finally {
      leave();
    }
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
    access().run(path, volume -> node.write(position, source, offset, length));
  }

  /** Cuts the file off, if it is longer. */
  void truncate(long size) throws IOException {
    checkWritable();
    enter();
    try {
      access().run(path, volume -> node.truncate(size));
    } catch (ClosedFileSystemException e) {
      throw closedMeanwhile(e);
    } finally {
      leave();
    }
  }

  /** Returns once all that was written is on the host's storage. */
  void force() throws IOException {
    enter();
    try {
      forceNode();
    } catch (ClosedFileSystemException e) {
      throw closedMeanwhile(e);
    } finally {
      leave();
    }
  }

  private void forceNode() throws IOException {
    access().run(path, volume -> node.force());
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
    return new FileLocks(path.getFileSystem().locks(), id, options);
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
