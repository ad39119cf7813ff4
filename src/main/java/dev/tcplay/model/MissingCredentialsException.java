package dev.tcplay.model;

import java.nio.file.FileSystemException;

/** Neither the caller nor any configured source gave a password or a keyfile. */
public final class MissingCredentialsException extends FileSystemException {

  private static final long serialVersionUID = 1L;

  /** Makes the exception for the container {@code file}; {@code reason} says where was looked. */
  public MissingCredentialsException(String file, String reason) {
    super(file, null, reason);
  }
}
