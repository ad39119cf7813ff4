package dev.tcplay.fs.archive;

import dev.tcplay.fs.OpenNode;
import java.io.IOException;
import java.util.Objects;

/** An open member of an archive, which knows its end. */
interface MemberReader extends OpenNode {

  @Override
  default int read(long position, byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (position >= size()) {
      return -1;
    }
    return readInside(position, target, offset, (int) Math.min(length, size() - position));
  }

  /**
   * Reads bytes of which none lies behind the end.
   *
   * @param count how many are wanted, at least 1
   * @return how many were read, at least 1
   * @throws IOException if none of them can be read
   */
  int readInside(long position, byte[] target, int offset, int count) throws IOException;
}
