package dev.tcplay.nio;

import java.nio.file.FileSystemException;

/** Says that a path leads on from what is no directory, for which Java has no class. */
final class BelowFileException extends FileSystemException {

  private static final long serialVersionUID = 1;

  BelowFileException(TcplayPath path) {
    super(path.toString(), null, "Not a directory");
  }

  /** Returns the exception for callers, who compare classes. */
  FileSystemException plain() {
    return new FileSystemException(getFile(), null, getReason());
  }
}
