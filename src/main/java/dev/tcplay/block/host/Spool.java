package dev.tcplay.block.host;

import dev.tcplay.block.BlockDevice;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that come one after the other and are read at any place: in memory as long as the {@link
 * SpoolSpace} has some, then in a temporary file, encrypted with AES in XTS mode under a key that
 * nobody else ever has. The file has no name where the host allows that, and else is deleted when
 * the spool is closed; what is in memory is wiped then.
 *
 * <p>Any number of threads may read while one appends.
 */
public final class Spool implements Closeable {

  static final int PAGE = 4096;

  private final SpoolSpace space;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  /** What is not in the file. */
  private final List<byte[]> pages = new ArrayList<>();

  private @Nullable SpoolFile file;

  /** How many bytes of the file count; what lies in memory follows. */
  private long written;

  private long size;
  private boolean closed;

  Spool(SpoolSpace space) {
    this.space = space;
  }

  /** Returns the bytes so far. */
  public long size() {
    lock.readLock().lock();
    try {
      return size;
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Appends bytes; where this fails, a first part of them.
   *
   * @throws java.nio.file.FileSystemException if they would take more of the disk than they may
   * @throws IOException if the spool is closed, or the temporary file cannot be written
   */
  public void append(byte[] source, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, source.length);
    lock.writeLock().lock();
    try {
      checkOpen();
      for (int done = 0; done < length; ) {
        int skip = (int) ((size - written) % PAGE);
        if (skip == 0 && !hasRoom()) {
          spill();
        }
        if (skip == 0) {
          pages.add(new byte[PAGE]);
        }
        int count = Math.min(PAGE - skip, length - done);
        System.arraycopy(source, offset + done, pages.get(pages.size() - 1), skip, count);
        done += count;
        size += count;
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Returns whether one more page may be held; with a file a few of them are, to be written. */
  private boolean hasRoom() {
    return file == null ? space.take(PAGE) : pages.size() < SpoolFile.CHUNK / PAGE;
  }

  /** Moves the pages, which are full, into the file; those that it does not take stay. */
  private void spill() throws IOException {
    if (file == null) {
      file = SpoolFile.make(space);
      space.give((long) pages.size() * PAGE);
    }
    byte[] chunk = new byte[SpoolFile.CHUNK];
    try {
      while (!pages.isEmpty()) {
        List<byte[]> some = pages.subList(0, Math.min(pages.size(), chunk.length / PAGE));
        int filled = 0;
        for (byte[] page : some) {
          System.arraycopy(page, 0, chunk, filled, PAGE);
          filled += PAGE;
        }
        file.write(written, chunk, filled);
        written += filled;
        wipe(some);
      }
    } finally {
      Arrays.fill(chunk, (byte) 0);
    }
  }

  private static void wipe(List<byte[]> pages) {
    pages.forEach(page -> Arrays.fill(page, (byte) 0));
    pages.clear();
  }

  /**
   * Reads bytes that were appended.
   *
   * @throws IOException if the range does not lie inside of what is there, the spool is closed, or
   *     the temporary file cannot be read
   */
  public void read(long position, byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    lock.readLock().lock();
    try {
      checkOpen();
      if ((position | (size - position - length)) < 0) {
        throw new IOException(length + " bytes at " + position + " are not inside of " + size);
      }
      int done = 0;
      if (position < written) {
        done = (int) Math.min(length, written - position);
        Objects.requireNonNull(file).read(position, target, offset, done);
      }
      while (done < length) {
        long place = position + done - written;
        int skip = (int) (place % PAGE);
        int count = Math.min(PAGE - skip, length - done);
        System.arraycopy(pages.get((int) (place / PAGE)), skip, target, offset + done, count);
        done += count;
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Returns the bytes as a device of that size; the spool stays to be closed by its owner. */
  public BlockDevice device() {
    return new SpoolDevice(this);
  }

  private void checkOpen() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public void close() throws IOException {
    lock.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      space.closed(this);
      if (file == null) {
        space.give((long) pages.size() * PAGE);
      }
      wipe(pages);
      if (file != null) {
        file.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
