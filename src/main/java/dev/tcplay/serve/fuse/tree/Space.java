package dev.tcplay.serve.fuse.tree;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What statvfs(3) tells of a file store.
 *
 * @param blockSize the unit of the others, in bytes
 * @param blocks how large it is
 * @param free what nobody uses
 * @param usable what of that may be used
 * @param nameLength the longest name, in bytes
 */
public record Space(long blockSize, long blocks, long free, long usable, long nameLength) {

  private static final int USUAL = 4096;
  private static final int LONGEST_NAME = 255;
  private static final int SECTOR = 512;

  static Space of(Path root) throws IOException {
    FileStore store = Files.getFileStore(root);
    long block = blockSize(root);
    return new Space(
        block,
        store.getTotalSpace() / block,
        store.getUnallocatedSpace() / block,
        store.getUsableSpace() / block,
        LONGEST_NAME);
  }

  /** Returns a multiple of 512. */
  static long blockSize(Path root) throws IOException {
    try {
      long size = Files.getFileStore(root).getBlockSize();
      return size > 0 && size % SECTOR == 0 ? size : USUAL;
    } catch (UnsupportedOperationException e) {
      return USUAL;
    }
  }
}
