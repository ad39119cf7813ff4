package dev.tcplay.fs.archive;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where the central directory of a zip is and how much memory it takes, which is known before the
 * library allocates any for it.
 *
 * @param start its position in the archive
 * @param entries how many entries it is said to have; of the lowest 16 bits where there is no
 *     record in 64 bits
 * @param isLong whether there is such a record
 */
record ZipDirectory(long start, long entries, boolean isLong) {

  private static final int SIGNATURE = 0x02014b50;
  private static final int HEADER_BYTES = 46;
  private static final int BUFFER = 1 << 16;
  private static final int END_BYTES = 22;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_BYTES = 20;
  private static final int LONG_END = 0x06064b50;
  private static final int LONG_END_BYTES = 56;

  /** What the library takes for an entry, and at most for a byte of its parts. */
  private static final long ENTRY_COST = 1000;

  private static final long NAME_COST = 8;
  private static final long EXTRA_COST = 25;
  private static final long COMMENT_COST = 4;

  /**
   * Reads where the directory is.
   *
   * @throws CorruptFileSystemException if it cannot be where the end of the archive says
   * @throws IOException if the device fails
   */
  static ZipDirectory find(BlockDevice archive, ZipEnd end) throws IOException {
    ByteBuffer record = bytes(archive, end.position(), END_BYTES);
    if (end.position() >= LOCATOR_BYTES) {
      ByteBuffer locator = bytes(archive, end.position() - LOCATOR_BYTES, LOCATOR_BYTES);
      if (locator.getInt(0) == LOCATOR) {
        return findLong(archive, locator.getLong(8));
      }
    }
    long length = record.getInt(12) & 0xFFFF_FFFFL;
    long offset = record.getInt(16) & 0xFFFF_FFFFL;
    long before = Math.max(0, end.position() - length - offset);
    return new ZipDirectory(checked(archive, before + offset), record.getShort(10) & 0xFFFF, false);
  }

  private static ZipDirectory findLong(BlockDevice archive, long position) throws IOException {
    if (position < 0 || position > archive.size() - LONG_END_BYTES) {
      throw outside(archive, "record of the directory in 64 bits", position);
    }
    ByteBuffer record = bytes(archive, position, LONG_END_BYTES);
    if (record.getInt(0) != LONG_END) {
      throw new CorruptFileSystemException(
          null, "the zip has no record of its directory in 64 bits at byte " + position);
    }
    return new ZipDirectory(checked(archive, record.getLong(48)), record.getLong(32), true);
  }

  private static long checked(BlockDevice archive, long start) throws IOException {
    if (start < 0 || start > archive.size()) {
      throw outside(archive, "central directory", start);
    }
    return start;
  }

  private static CorruptFileSystemException outside(
      BlockDevice archive, String what, long position) {
    return new CorruptFileSystemException(
        null,
        "the %s of the zip, at byte %d, is not inside of its %d bytes"
            .formatted(what, position, archive.size()));
  }

  /**
   * Accounts for the memory of the directory.
   *
   * @throws IOException if it takes more than the archive may, or the device fails
   */
  void charge(BlockDevice archive, TreeBuilder tree) throws IOException {
    DeviceStream stream = new DeviceStream(archive, start, archive.size() - start, BUFFER);
    byte[] bytes = new byte[HEADER_BYTES];
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (stream.readNBytes(bytes, 0, HEADER_BYTES) == HEADER_BYTES
        && header.getInt(0) == SIGNATURE) {
      int name = header.getShort(28) & 0xFFFF;
      int extra = header.getShort(30) & 0xFFFF;
      int comment = header.getShort(32) & 0xFFFF;
      tree.charge(ENTRY_COST + NAME_COST * name + EXTRA_COST * extra + COMMENT_COST * comment);
      stream.skip((long) name + extra + comment);
    }
  }

  /** Returns whether so many entries are those that there should be. */
  boolean has(long number) {
    return isLong ? number == entries : (number & 0xFFFF) == entries;
  }

  private static ByteBuffer bytes(BlockDevice archive, long position, int length)
      throws IOException {
    byte[] bytes = new byte[length];
    archive.read(position, bytes, 0, length);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
