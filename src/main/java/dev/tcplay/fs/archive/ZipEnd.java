package dev.tcplay.fs.archive;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Where a zip ends, which tells where its directory is. The record that says so is looked for at
 * the end of the volume; if zeros fill that, before them; and at last behind the members, as their
 * headers lead from one to the next.
 *
 * @param position of the record in the volume
 */
record ZipEnd(long position) {

  private static final int SIGNATURE = 0x06054b50;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_BYTES = 30;
  private static final int RECORD_BYTES = 22;
  private static final int COMMENT_BYTES = 0xFFFF;
  private static final int COMMENT_LENGTH = 20;
  private static final int SIZE_FOLLOWS = 1 << 3;
  private static final int IN_RECORD_OF_64_BITS = -1;

  /** So many zeros behind an archive are passed over. */
  static final long MOST_ZEROS = 1L << 28;

  /** Behind a header, the sizes of a member that needs 64 bits for them are elsewhere. */
  private static final long IN_64_BITS = 0xFFFF_FFFFL;

  /**
   * Finds the end.
   *
   * @throws CorruptFileSystemException if there is none
   * @throws IOException if the device fails
   */
  static ZipEnd find(BlockDevice volume) throws IOException {
    ZipEnd last = lastBefore(volume, volume.size());
    if (last == null) {
      last = lastBefore(volume, endOfBytes(volume));
    }
    if (last == null) {
      last = firstBehind(volume, endOfMembers(volume));
    }
    if (last == null) {
      throw new CorruptFileSystemException(
          null,
          "the zip has no end, or is one of several parts: no record tells where its directory is");
    }
    return last;
  }

  /**
   * Returns where the record ends, and with it what the library is given: in the comment behind it,
   * it would find another record that was passed over here.
   */
  long end() {
    return position + RECORD_BYTES;
  }

  private static @Nullable ZipEnd lastBefore(BlockDevice volume, long end) throws IOException {
    long from = Math.max(0, end - RECORD_BYTES - COMMENT_BYTES);
    ByteBuffer bytes = bytes(volume, from, (int) Math.min(end - from, volume.size() - from));
    for (int i = bytes.limit() - RECORD_BYTES; i >= 0; i--) {
      ZipEnd found = at(volume, from, bytes, i);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable ZipEnd firstBehind(BlockDevice volume, long position)
      throws IOException {
    for (long from = position; from <= volume.size() - RECORD_BYTES; from += COMMENT_BYTES) {
      if (from - position > MOST_ZEROS) {
        return null;
      }
      int length = (int) Math.min(COMMENT_BYTES + RECORD_BYTES, volume.size() - from);
      ByteBuffer bytes = bytes(volume, from, length);
      for (int i = 0; i <= length - RECORD_BYTES; i++) {
        ZipEnd found = at(volume, from, bytes, i);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static @Nullable ZipEnd at(BlockDevice volume, long from, ByteBuffer bytes, int i) {
    if (bytes.getInt(i) != SIGNATURE || !isOnePart(bytes, i + 4) || !isOnePart(bytes, i + 6)) {
      return null;
    }
    long end = from + i + RECORD_BYTES + (bytes.getShort(i + COMMENT_LENGTH) & 0xFFFF);
    return end > volume.size() ? null : new ZipEnd(from + i);
  }

  /** Noise, too, has the signature now and then, but rarely numbers of parts that are lawful. */
  private static boolean isOnePart(ByteBuffer bytes, int offset) {
    int part = bytes.getShort(offset);
    return part == 0 || part == IN_RECORD_OF_64_BITS;
  }

  /** Returns where zeros begin that lead to the end, with room for those of the record. */
  private static long endOfBytes(BlockDevice volume) throws IOException {
    long end = volume.size();
    while (end > 0 && volume.size() - end < MOST_ZEROS) {
      long from = Math.max(0, end - COMMENT_BYTES);
      ByteBuffer bytes = bytes(volume, from, (int) (end - from));
      for (int i = bytes.limit() - 1; i >= 0; i--) {
        if (bytes.get(i) != 0) {
          return Math.min(volume.size(), from + i + RECORD_BYTES);
        }
      }
      end = from;
    }
    return end;
  }

  /** Returns where the last member ends whose header tells how long it is. */
  private static long endOfMembers(BlockDevice volume) throws IOException {
    long position = 0;
    while (position <= volume.size() - LOCAL_BYTES) {
      ByteBuffer header = bytes(volume, position, LOCAL_BYTES);
      long size = header.getInt(18) & IN_64_BITS;
      if (header.getInt(0) != LOCAL || size == IN_64_BITS) {
        break;
      }
      long names = (header.getShort(26) & 0xFFFF) + (header.getShort(28) & 0xFFFFL);
      long next = position + LOCAL_BYTES + names + size;
      boolean sizeFollows = (header.getShort(6) & SIZE_FOLLOWS) != 0 && size == 0;
      if (sizeFollows || next > volume.size()) {
        break;
      }
      position = next;
    }
    return position;
  }

  private static ByteBuffer bytes(BlockDevice volume, long position, int length)
      throws IOException {
    byte[] bytes = new byte[Math.max(0, length)];
    volume.read(position, bytes, 0, bytes.length);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
