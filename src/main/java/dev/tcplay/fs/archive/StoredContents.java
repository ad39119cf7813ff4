package dev.tcplay.fs.archive;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.OpenNode;
import java.io.IOException;

/**
 * Contents that lie in the archive as they are, in one piece. Stateless but for the device; every
 * handle on it is itself.
 *
 * @param archive the bytes of the archive
 * @param position where the contents begin
 * @param size how many bytes they are; not negative, and they may lead beyond the archive's end
 */
record StoredContents(BlockDevice archive, long position, long size)
    implements Contents, MemberReader {

  @Override
  public OpenNode openNode() {
    return this;
  }

  @Override
  public int readInside(long from, byte[] target, int offset, int count) throws IOException {
    long there = archive.size() - position - from;
    if (there <= 0) {
      throw new CorruptFileSystemException(
          null, "the archive ends at byte " + archive.size() + ", before the contents do");
    }
    int readable = (int) Math.min(count, there);
    archive.read(position + from, target, offset, readable);
    return readable;
  }

  @Override
  public void close() {
    // The device belongs to the volume.
  }
}
