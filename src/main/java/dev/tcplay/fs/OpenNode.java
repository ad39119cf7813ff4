package dev.tcplay.fs;

import java.io.Closeable;
import java.io.IOException;

/**
 * The contents of an open file. All channels on one file share one open node; it is safe for any
 * number of threads at once.
 */
public interface OpenNode extends Closeable {

  /** Returns the size in bytes. */
  long size() throws IOException;

  /**
   * Reads up to {@code length} bytes at {@code position}; short only where the file ends or where
   * damage begins.
   *
   * @return the number of bytes read, -1 if {@code position} is at the end or behind it and {@code
   *     length} is positive
   * @throws CorruptFileSystemException if the file's extents are damaged at {@code position}; bytes
   *     before the damage stay readable
   * @throws IOException if the device fails
   */
  int read(long position, byte[] target, int offset, int length) throws IOException;

  /** Gives the handle back. Only the first call acts. */
  @Override
  void close() throws IOException;
}
