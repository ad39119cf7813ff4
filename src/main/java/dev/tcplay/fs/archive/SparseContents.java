package dev.tcplay.fs.archive;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.OpenNode;
import java.io.IOException;
import java.util.Arrays;

/** Contents of which pieces are stored and the rest are holes, which read as zeros. Immutable. */
final class SparseContents implements Contents, MemberReader {

  private final StoredContents stored;

  /** Where each piece begins in the file, rising, and where it begins in what is stored. */
  private final long[] starts;

  private final long[] places;
  private final long[] lengths;
  private final long size;

  /**
   * Makes the contents.
   *
   * @param stored all pieces, one behind the other
   * @param starts where each piece begins in the file: rising, no two overlap
   * @param lengths bytes of each piece, together no more than are stored
   * @param size bytes of the file
   */
  private SparseContents(StoredContents stored, long[] starts, long[] lengths, long size) {
    this.stored = stored;
    this.starts = starts;
    this.lengths = lengths;
    this.size = size;
    this.places = new long[lengths.length];
    for (int i = 1; i < lengths.length; i++) {
      places[i] = places[i - 1] + lengths[i - 1];
    }
  }

  /**
   * Makes the contents of a member of a tar.
   *
   * @param archive where it lies
   * @param data where the stored pieces begin
   * @param what the member, for messages
   * @throws CorruptFileSystemException if the pieces do not lie in their order inside of the file
   */
  static SparseContents of(
      BlockDevice archive, long data, String what, long[] starts, long[] lengths, long size)
      throws CorruptFileSystemException {
    if (size < 0) {
      throw new CorruptFileSystemException(null, "the size of " + what + " is negative: " + size);
    }
    long end = 0;
    long stored = 0;
    for (int i = 0; i < starts.length; i++) {
      if (starts[i] < end || lengths[i] < 0 || lengths[i] > size - starts[i]) {
        throw new CorruptFileSystemException(
            null, "piece " + i + " of " + what + " lies outside of its " + size + " bytes");
      }
      end = starts[i] + lengths[i];
      stored += lengths[i];
    }
    return new SparseContents(new StoredContents(archive, data, stored), starts, lengths, size);
  }

  /** Returns the bytes that are stored. */
  long stored() {
    return stored.size();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public OpenNode openNode() {
    return this;
  }

  @Override
  public int readInside(long position, byte[] target, int offset, int wanted) throws IOException {
    int found = Arrays.binarySearch(starts, position);
    int piece = found >= 0 ? lastOf(found) : -found - 2;
    if (piece >= 0 && position - starts[piece] < lengths[piece]) {
      long inside = position - starts[piece];
      int count = (int) Math.min(wanted, lengths[piece] - inside);
      return stored.read(places[piece] + inside, target, offset, count);
    }
    long hole = piece + 1 < starts.length ? starts[piece + 1] - position : wanted;
    int count = (int) Math.min(wanted, hole);
    Arrays.fill(target, offset, offset + count, (byte) 0);
    return count;
  }

  /** Of pieces that begin at one place all but the last are empty. */
  private int lastOf(int index) {
    int last = index;
    while (last + 1 < starts.length && starts[last + 1] == starts[index]) {
      last++;
    }
    return last;
  }

  @Override
  public void close() {
    // The device belongs to the volume.
  }
}
