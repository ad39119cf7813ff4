package dev.tcplay.fs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.NonWritableChannelException;

/**
 * The contents of an open file, by one of its handles. All handles on one file show the same size
 * and bytes at any time; each is safe for any number of threads at once. They stay good when the
 * file is renamed, and when it is deleted.
 */
public interface OpenNode extends Closeable {

  /**
   * Returns the size in bytes.
   *
   * @throws IOException if the device fails
   */
  long size() throws IOException;

  /**
   * Reads up to {@code length} bytes at {@code position}; short only where the file ends or where
   * damage begins. Where another thread cuts the file off meanwhile, the array may change behind
   * the bytes that were read.
   *
   * @return the number of bytes read, -1 if {@code position} is at the end or behind it and {@code
   *     length} is positive
   * @throws CorruptFileSystemException if the file's extents are damaged at {@code position}; bytes
   *     before the damage stay readable
   * @throws IOException if the device fails
   */
  int read(long position, byte[] target, int offset, int length) throws IOException;

  /**
   * Returns the most bytes that the file can ever have; a write that would lead beyond is refused
   * before any byte of it is written.
   */
  default long largestSize() {
    return Long.MAX_VALUE;
  }

  /**
   * Returns where the file is by now, {@link NodePlace#NONE} once it is deleted; for those who
   * watch its directory, as {@link MountedVolume#place}.
   */
  default NodePlace place() {
    return NodePlace.UNKNOWN;
  }

  /**
   * Writes {@code source[offset, offset + length)} at {@code position}, all of it or, where this
   * fails, a first part. A file that ends before is extended, with zeros up to {@code position};
   * where there are no bytes to write nothing is done.
   *
   * @throws NonWritableChannelException if the volume was mounted read-only
   * @throws java.nio.file.ReadOnlyFileSystemException if it has become so, or instead of the former
   * @throws IOException if the volume is full, or the device fails
   */
  default void write(long position, byte[] source, int offset, int length) throws IOException {
    throw new NonWritableChannelException();
  }

  /**
   * Writes at the end, as {@link #write}. A driver whose files grow overrides this, so that of
   * several who append at once each finds its own end.
   *
   * @return the position at which the bytes were written
   * @throws IOException as {@link #write} does
   */
  default long append(byte[] source, int offset, int length) throws IOException {
    long end = size();
    write(end, source, offset, length);
    return end;
  }

  /**
   * Cuts the file off; does nothing where it has no more than {@code size} bytes.
   *
   * @throws NonWritableChannelException if the volume is read-only
   * @throws IOException if the file cannot be made smaller, or the device fails
   */
  default void truncate(long size) throws IOException {
    throw new NonWritableChannelException();
  }

  /**
   * Returns once all that was written to the file before, and what is needed to find it, is on the
   * host's storage.
   *
   * @throws IOException if something cannot be put there
   */
  default void force() throws IOException {}

  /** Gives the handle back. Only the first call acts. */
  @Override
  void close() throws IOException;
}
