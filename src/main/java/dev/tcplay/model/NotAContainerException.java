package dev.tcplay.model;

import java.nio.file.FileSystemException;

/** The file cannot be a container: it is too short, a directory, or plainly something else. */
public final class NotAContainerException extends FileSystemException {

  private static final long serialVersionUID = 1L;

  /** Makes the exception for {@code file}; {@code reason} says why it cannot be a container. */
  public NotAContainerException(String file, String reason) {
    super(file, null, reason);
  }
}
