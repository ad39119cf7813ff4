package dev.tcplay.fs.cluster;

import java.nio.file.FileSystemException;

/** The volume or one of its directories is full; nothing was changed. */
public final class NoSpaceException extends FileSystemException {

  private static final long serialVersionUID = 1L;

  /** Says what is full. */
  public NoSpaceException(String reason) {
    super(null, null, reason);
  }
}
