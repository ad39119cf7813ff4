package dev.tcplay.serve;

import java.io.IOException;
import java.nio.file.FileStore;

/**
 * How much room a file store has, in blocks, as statvfs(3) tells it.
 *
 * @param blockSize the unit of the others, in bytes: that of the store, unless their sizes are no
 *     multiples of it
 * @param blocks how large it is
 * @param free what nobody uses
 * @param usable what of that may be used
 */
public record Space(long blockSize, long blocks, long free, long usable) {

  /** The longest name that clients are told of, in bytes. */
  public static final int LONGEST_NAME = 255;

  private static final int USUAL = 4096;

  /** Asks a file store. */
  public static Space of(FileStore store) throws IOException {
    long total = store.getTotalSpace();
    long free = store.getUnallocatedSpace();
    long usable = store.getUsableSpace();
    // By a size that divides all of them nothing is lost.
    long divides = Long.lowestOneBit(total | free | usable);
    long block = blockSize(store);
    long unit = divides == 0 ? block : Math.min(block, divides);
    return new Space(unit, total / unit, free / unit, usable / unit);
  }

  /** Returns the size of the store's blocks, in bytes; a usual one where it tells none. */
  public static long blockSize(FileStore store) throws IOException {
    try {
      long size = store.getBlockSize();
      return size > 0 ? size : USUAL;
    } catch (UnsupportedOperationException e) {
      return USUAL;
    }
  }
}
