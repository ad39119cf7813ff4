package dev.tcplay.serve.sftp;

import java.io.IOException;
import java.nio.file.FileStore;
import org.apache.sshd.common.util.buffer.Buffer;

/** How much room there is, as OpenSSH's {@code statvfs} tells it. */
record Space(long blockSize, long total, long free, long usable, boolean readOnly) {

  private static final long ST_RDONLY = 1;
  private static final long ST_NOSUID = 2;
  private static final long LONGEST_NAME = 255;

  static Space of(FileStore store, boolean readOnly) throws IOException {
    long total = store.getTotalSpace();
    long free = store.getUnallocatedSpace();
    long usable = store.getUsableSpace();
    return new Space(unit(store, total | free | usable), total, free, usable, readOnly);
  }

  /** The sizes go out as blocks; those of a size that divides all of them lose nothing. */
  private static long unit(FileStore store, long sizes) throws IOException {
    long block;
    try {
      block = store.getBlockSize();
    } catch (UnsupportedOperationException e) {
      block = 512;
    }
    long divides = Long.lowestOneBit(sizes);
    return divides == 0 ? block : Math.min(block, divides);
  }

  void writeTo(Buffer buffer) {
    buffer.putLong(blockSize);
    buffer.putLong(blockSize);
    buffer.putLong(total / blockSize);
    buffer.putLong(free / blockSize);
    buffer.putLong(usable / blockSize);
    // How many files there may be is not known: none of this says that it is full.
    buffer.putLong(0);
    buffer.putLong(0);
    buffer.putLong(0);
    buffer.putLong(0);
    buffer.putLong(readOnly ? ST_RDONLY | ST_NOSUID : ST_NOSUID);
    buffer.putLong(LONGEST_NAME);
  }
}
