package dev.tcplay.model;

import java.nio.file.FileSystemException;

/** The header was decrypted with the right key, but a field in it cannot be. */
public final class CorruptHeaderException extends FileSystemException {

  private static final long serialVersionUID = 1L;

  /** Makes the exception for the container {@code file}; {@code reason} names the field. */
  public CorruptHeaderException(String file, String reason) {
    super(file, null, reason);
  }
}
