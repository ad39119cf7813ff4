package dev.tcplay.serve.sftp;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file that a client has open. Used by one thread at a time. */
final class OpenFile implements Closeable {

  /** Held from when the end of a file is looked for until it was written to. */
  private static final Object APPENDING = new Object();

  private final Path path;
  private final SeekableByteChannel channel;
  private final boolean readable;
  private final boolean writable;
  private final boolean appends;
  private final @Nullable Object key;

  private OpenFile(
      Path path,
      SeekableByteChannel channel,
      Set<? extends OpenOption> options,
      boolean appends,
      @Nullable Object key) {
    this.path = path;
    this.channel = channel;
    this.readable = options.contains(StandardOpenOption.READ);
    this.writable = options.contains(StandardOpenOption.WRITE);
    this.appends = appends;
    this.key = key;
  }

  /**
   * Opens a file.
   *
   * @param appends whether each write goes to the end
   */
  static OpenFile open(
      Path path, Set<? extends OpenOption> options, boolean appends, FileAttribute<?>... attributes)
      throws IOException {
    SeekableByteChannel channel;
    try {
      channel = path.getFileSystem().provider().newFileChannel(path, options, attributes);
    } catch (UnsupportedOperationException e) {
      channel = path.getFileSystem().provider().newByteChannel(path, options, attributes);
    }
    try {
      return new OpenFile(path, channel, options, appends, key(path));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  /** Returns whether the file is still where it was opened, as far as the file system tells. */
  boolean isAtItsPath() throws IOException {
    return Objects.equals(key, key(path));
  }

  Path path() {
    return path;
  }

  long size() throws IOException {
    return channel.size();
  }

  /**
   * Reads as many bytes as there are.
   *
   * @return how many, or -1 at the end of the file and behind it
   */
  int read(ByteBuffer into, long offset) throws IOException {
    if (!readable) {
      throw new AccessDeniedException("", null, "not open for reading");
    }
    int start = into.position();
    int count = 0;
    while (into.hasRemaining() && count >= 0) {
      count = readAt(into, offset + into.position() - start);
    }
    return into.position() == start ? count : into.position() - start;
  }

  private int readAt(ByteBuffer into, long offset) throws IOException {
    return channel instanceof FileChannel file
        ? file.read(into, offset)
        : channel.position(offset).read(into);
  }

  void write(ByteBuffer from, long offset) throws IOException {
    checkWritable();
    if (appends) {
      synchronized (APPENDING) {
        writeAt(from, channel.size());
      }
    } else {
      writeAt(from, offset);
    }
  }

  private void writeAt(ByteBuffer from, long position) throws IOException {
    int start = from.position();
    while (from.hasRemaining()) {
      long next = position + from.position() - start;
      if (channel instanceof FileChannel file) {
        file.write(from, next);
      } else {
        channel.position(next).write(from);
      }
    }
  }

  /** Cuts the file, or lengthens it with zeros. */
  void resize(long size) throws IOException {
    checkWritable();
    if (size <= channel.size()) {
      channel.truncate(size);
    } else {
      ByteBuffer zero = ByteBuffer.allocate(1);
      if (channel instanceof FileChannel file) {
        file.write(zero, size - 1);
      } else {
        channel.position(size - 1).write(zero);
      }
    }
  }

  private void checkWritable() throws AccessDeniedException {
    if (!writable) {
      throw new AccessDeniedException("", null, "not open for writing");
    }
  }

  /** Returns when what was written is on the disk. */
  void force() throws IOException {
    if (channel instanceof FileChannel file) {
      file.force(true);
    } else {
      throw new UnsupportedOperationException();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
