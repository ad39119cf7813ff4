package dev.tcplay.block;

import java.io.IOException;

/** A {@link GuardDevice} refused a write: it touches the forbidden range, or one before it did. */
public final class ForbiddenWriteException extends IOException {

  private static final long serialVersionUID = 1L;

  ForbiddenWriteException(long position, long length, long start, long forbidden) {
    super(
        String.format(
            "write of %d bytes at %d refused, to protect %d bytes at %d",
            length, position, forbidden, start));
  }
}
