package dev.tcplay.serve;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/**
 * The bytes of an open file, by positions, also where its file system has no {@link FileChannel}.
 * Safe for several threads.
 */
public final class FileContents implements Closeable {

  private final SeekableByteChannel channel;

  private FileContents(SeekableByteChannel channel) {
    this.channel = channel;
  }

  /** Opens a file, as a {@link FileChannel} where its file system has such. */
  public static FileContents open(
      Path file, Set<? extends OpenOption> options, FileAttribute<?>... initial)
      throws IOException {
    try {
      return new FileContents(FileChannel.open(file, options, initial));
    } catch (UnsupportedOperationException e) {
      return new FileContents(Files.newByteChannel(file, options, initial));
    }
  }

  /** Reads until the buffer is full or the file ends, and returns how much it was. */
  public int read(ByteBuffer into, long position) throws IOException {
    int start = into.position();
    if (channel instanceof FileChannel file) {
      while (into.hasRemaining() && file.read(into, position + into.position() - start) >= 0) {
        // More may come.
      }
    } else {
      synchronized (channel) {
        channel.position(position);
        while (into.hasRemaining() && channel.read(into) >= 0) {
          // More may come.
        }
      }
    }
    return into.position() - start;
  }

  /** Writes all of a buffer, and returns how much it was. */
  public int write(ByteBuffer from, long position) throws IOException {
    int start = from.position();
    if (channel instanceof FileChannel file) {
      while (from.hasRemaining()) {
        file.write(from, position + from.position() - start);
      }
    } else {
      synchronized (channel) {
        channel.position(position);
        while (from.hasRemaining()) {
          channel.write(from);
        }
      }
    }
    return from.position() - start;
  }

  /** Writes all of a buffer behind the end, alone as long as this is the file's only appender. */
  public int append(ByteBuffer from) throws IOException {
    synchronized (this) {
      return write(from, channel.size());
    }
  }

  /** Returns how many they are. */
  public long size() throws IOException {
    return channel.size();
  }

  /** Cuts a file, or has it end in zeros. */
  public void resize(long size) throws IOException {
    if (size < channel.size()) {
      channel.truncate(size);
    } else if (size > channel.size()) {
      write(ByteBuffer.allocate(1), size - 1);
    }
  }

  /**
   * Has everything reach the storage.
   *
   * @return false if the channel cannot do so
   */
  public boolean force(boolean metadata) throws IOException {
    if (channel instanceof FileChannel file) {
      file.force(metadata);
      return true;
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
