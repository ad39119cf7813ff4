package dev.tcplay.nbd;

import dev.tcplay.block.ForbiddenWriteException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.AccessDeniedException;

/** The error numbers of the protocol. */
final class Errors {

  static final int NONE = 0;
  static final int EPERM = 1;
  static final int EIO = 5;
  static final int ENOMEM = 12;
  static final int EINVAL = 22;
  static final int ENOSPC = 28;
  static final int EOVERFLOW = 75;
  static final int ESHUTDOWN = 108;

  private Errors() {}

  /** Returns the number for what a device threw. */
  static int of(Throwable failure) {
    if (failure instanceof NonWritableChannelException
        || failure instanceof ForbiddenWriteException
        || failure instanceof AccessDeniedException) {
      return EPERM;
    } else if (failure instanceof ClosedChannelException) {
      return ESHUTDOWN;
    } else if (failure instanceof OutOfMemoryError) {
      return ENOMEM;
    }
    // The JDK has no exception of its own for a full disk.
    String message = String.valueOf(failure.getMessage());
    return message.contains("No space left") || message.contains("quota exceeded") ? ENOSPC : EIO;
  }
}
