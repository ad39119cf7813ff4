package dev.tcplay.model;

import java.nio.file.FileSystemException;

/** Neither the caller nor any configured source gave a password or a keyfile. */
public final class MissingCredentialsException extends FileSystemException {

  private static final long serialVersionUID = 1L;

  private final boolean ofHidden;

  /** Makes the exception for the container {@code file}; {@code reason} says where was looked. */
  public MissingCredentialsException(String file, String reason) {
    this(file, reason, false);
  }

  /**
   * Makes the exception as the other constructor does.
   *
   * @param ofHidden whether what is missing are the keys of a hidden volume that is to be protected
   */
  public MissingCredentialsException(String file, String reason, boolean ofHidden) {
    super(file, null, reason);
    this.ofHidden = ofHidden;
  }

  /** Returns whether what is missing are the keys of a hidden volume that is to be protected. */
  public boolean isOfHidden() {
    return ofHidden;
  }
}
