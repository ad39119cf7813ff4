package dev.tcplay.block;

import java.nio.file.FileSystemException;

/**
 * A {@link GuardDevice} refused a write: it touches the forbidden range, or an earlier one did,
 * which is then the cause. Its reason says which write, and which range, in bytes of the device; it
 * names no file.
 */
public final class ForbiddenWriteException extends FileSystemException {

  private static final long serialVersionUID = 1L;

  private ForbiddenWriteException(String reason) {
    super(null, null, reason);
  }

  /** Returns the refusal of a write that touches the range. */
  static ForbiddenWriteException touching(long position, long length, long start, long forbidden) {
    return new ForbiddenWriteException(
        "write of %d bytes at %d refused, to protect %d bytes at %d"
            .formatted(length, position, forbidden, start));
  }

  /** Returns the refusal of any write after the first refused one. */
  static ForbiddenWriteException after(ForbiddenWriteException first) {
    ForbiddenWriteException later =
        new ForbiddenWriteException("nothing is written any more since a " + first.getReason());
    later.initCause(first);
    return later;
  }
}
