package dev.tcplay.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a client asks for, as it came.
 *
 * @param flags the command flags
 * @param type the command, which may be unknown
 * @param cookie by which the client knows its answer
 * @param offset in bytes, unsigned
 * @param length in bytes, unsigned
 */
record Request(int flags, int type, long cookie, long offset, long length) {

  /** The bytes of a request, without what is to be written. */
  static final int BYTES = 28;

  /**
   * Reads a request.
   *
   * @throws IOException if there is none, after which nobody knows where the next one begins
   */
  static Request of(ByteBuffer head) throws IOException {
    if (head.getInt() != Protocol.REQUEST_MAGIC) {
      throw new IOException("a request without its magic number");
    }
    return new Request(
        Short.toUnsignedInt(head.getShort()),
        Short.toUnsignedInt(head.getShort()),
        head.getLong(),
        head.getLong(),
        Integer.toUnsignedLong(head.getInt()));
  }

  /** Returns whether the client says that it has no more. */
  boolean isLast() {
    return type == Protocol.CMD_DISC;
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** Returns why a request is refused as it stands; {@link Errors#NONE} if it is not. */
  int error(NbdExport export, boolean structured) {
    int known = Protocol.CMD_FLAG_FUA;
    boolean writes = false;
    switch (type) {
      case Protocol.CMD_READ -> known |= structured ? Protocol.CMD_FLAG_DF : 0;
      case Protocol.CMD_WRITE -> writes = true;
      case Protocol.CMD_WRITE_ZEROES -> {
        known |= Protocol.CMD_FLAG_NO_HOLE;
        writes = true;
      }
      case Protocol.CMD_TRIM -> writes = true;
      case Protocol.CMD_FLUSH, Protocol.CMD_CACHE -> {}
      default -> {
        return Errors.EINVAL;
      }
    }
    if (writes && export.device().isReadOnly()) {
      return Errors.EPERM;
    }
    if ((flags & ~known) != 0 || (type == Protocol.CMD_TRIM && !export.discards())) {
      return Errors.EINVAL;
    }
    return type == Protocol.CMD_FLUSH ? Errors.NONE : rangeError(export.device().size(), writes);
  }

  private int rangeError(long size, boolean writes) {
    boolean moves = type == Protocol.CMD_READ || type == Protocol.CMD_WRITE;
    if (moves && length > NbdExport.MOST_BYTES) {
      return Errors.EINVAL;
    }
    if (has(Protocol.CMD_FLAG_DF) && length > Transmission.CHUNK) {
      return Errors.EOVERFLOW;
    }
    if (offset < 0 || offset > size || length > size - offset) {
      return writes ? Errors.ENOSPC : Errors.EINVAL;
    }
    return Errors.NONE;
  }
}
