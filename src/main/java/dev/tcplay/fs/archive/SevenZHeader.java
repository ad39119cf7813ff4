package dev.tcplay.fs.archive;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How large the list of members of a 7z is, which the library unpacks and keeps whatever its size.
 * The list, at the end of the archive, is mostly packed itself; then a header tells its size.
 */
final class SevenZHeader {

  private static final int START_BYTES = 32;
  private static final int PACKED = 0x17;
  private static final int PACK_INFO = 6;
  private static final int UNPACK_INFO = 7;
  private static final int PACK_SIZES = 9;
  private static final int PACK_SUMS = 10;
  private static final int FOLDERS = 11;
  private static final int SIZES = 12;
  private static final int END = 0;
  private static final int MOST_CODERS = 32;

  private final ByteBuffer bytes;

  private SevenZHeader(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /**
   * Returns the bytes of the list, or of the header that tells of it if that is larger.
   *
   * @param most the most bytes that it may have
   * @throws CorruptFileSystemException if it has more, or is not inside of the archive
   * @throws IOException if the device fails
   */
  static long check(BlockDevice archive, long most) throws IOException {
    if (archive.size() < START_BYTES) {
      throw new CorruptFileSystemException(null, "the start header of the 7z is cut off");
    }
    ByteBuffer start = read(archive, 0, START_BYTES);
    long offset = start.getLong(12);
    long size = start.getLong(20);
    long room = archive.size() - START_BYTES;
    if (offset < 0 || size < 0 || offset > room || size > room - offset) {
      throw new CorruptFileSystemException(
          null, "the list of the 7z, %d bytes at %d, is not inside".formatted(size, offset));
    }
    checked(size, most);
    if (size == 0) {
      return 0;
    }
    ByteBuffer header = read(archive, START_BYTES + offset, (int) size);
    if (header.get(0) != PACKED) {
      return size;
    }
    header.get();
    try {
      return Math.max(size, checked(new SevenZHeader(header).largestUnpacked(), most));
    } catch (BufferUnderflowException e) {
      throw new CorruptFileSystemException(null, "the header of the 7z's list is cut off");
    }
  }

  private static long checked(long size, long most) throws CorruptFileSystemException {
    if (size < 0 || size > most) {
      throw new CorruptFileSystemException(
          null,
          "the list of the 7z has "
              + size
              + " bytes, more than "
              + most
              + ", a share of the largest heap");
    }
    return size;
  }

  private static ByteBuffer read(BlockDevice archive, long position, int length)
      throws IOException {
    byte[] bytes = new byte[length];
    archive.read(position, bytes, 0, length);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns the largest size that a stage of unpacking the list says it has. */
  private long largestUnpacked() throws IOException {
    int outputs = 0;
    while (true) {
      int id = bytes.get();
      switch (id) {
        case PACK_INFO -> passPackInfo();
        case UNPACK_INFO -> {}
        case FOLDERS -> outputs = folders();
        case SIZES -> {
          return sizes(outputs);
        }
        default -> throw unknown(id);
      }
    }
  }

  private void passPackInfo() throws IOException {
    number();
    long streams = number();
    if (streams != 1) {
      throw new CorruptFileSystemException(null, "the list of the 7z is in " + streams + " pieces");
    }
    for (int id = bytes.get(); id != END; id = bytes.get()) {
      switch (id) {
        case PACK_SIZES -> number();
        case PACK_SUMS -> passSum();
        default -> throw unknown(id);
      }
    }
  }

  /** Passes over the checksum of one stream, which is there if all have one, or by its bit. */
  private void passSum() {
    boolean haveAll = bytes.get() != 0;
    if (haveAll || (bytes.get() & 0x80) != 0) {
      skip(Integer.BYTES);
    }
  }

  private static CorruptFileSystemException unknown(int id) {
    return new CorruptFileSystemException(
        null, "the header of the 7z's list has an unknown part " + id);
  }

  /** Passes over the way in which the list is packed; returns how many stages that has. */
  private int folders() throws IOException {
    long folders = number();
    int external = bytes.get();
    long coders = number();
    if (folders != 1 || external != 0 || coders < 1 || coders > MOST_CODERS) {
      throw new CorruptFileSystemException(
          null, "the list of the 7z is packed in " + folders + " parts of " + coders + " stages");
    }
    for (int i = 0; i < coders; i++) {
      int flags = bytes.get();
      skip(flags & 0x0F);
      boolean hasStreams = (flags & 0x10) != 0;
      long inputs = hasStreams ? number() : 1;
      long outputs = hasStreams ? number() : 1;
      if (inputs != 1 || outputs != 1) {
        throw new CorruptFileSystemException(
            null, "the list of the 7z is packed by a method of several streams");
      }
      if ((flags & 0x20) != 0) {
        skip(number());
      }
    }
    for (int i = 0; i < 2 * (coders - 1); i++) {
      number();
    }
    return (int) coders;
  }

  private long sizes(int outputs) {
    long largest = 0;
    for (int i = 0; i < outputs; i++) {
      long size = number();
      largest = size < 0 ? Long.MAX_VALUE : Math.max(largest, size);
    }
    return largest;
  }

  /** Passes over bytes, of which a number says how many there are; it may be any. */
  private void skip(long count) {
    if (count < 0 || count > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    bytes.position(bytes.position() + (int) count);
  }

  /**
   * Reads a number of 64 bits, which may be negative. The leading ones of the first byte tell how
   * many bytes follow.
   */
  private long number() {
    int first = bytes.get() & 0xFF;
    int more = Integer.numberOfLeadingZeros(~(first << 24));
    long value = 0;
    for (int i = 0; i < Math.min(more, Long.BYTES); i++) {
      value |= (bytes.get() & 0xFFL) << (8 * i);
    }
    return more >= 7 ? value : value | (long) (first & ((1 << (7 - more)) - 1)) << (8 * more);
  }
}
