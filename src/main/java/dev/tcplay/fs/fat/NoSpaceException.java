package dev.tcplay.fs.fat;

import java.nio.file.FileSystemException;

/** The volume or one of its directories is full; nothing was changed. */
final class NoSpaceException extends FileSystemException {

  private static final long serialVersionUID = 1L;

  NoSpaceException(String reason) {
    super(null, null, reason);
  }
}
