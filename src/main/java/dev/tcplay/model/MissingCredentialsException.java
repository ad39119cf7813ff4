package dev.tcplay.model;

import java.nio.file.FileSystemException;

/** Neither the caller nor any configured source gave a password or a keyfile. */
public final class MissingCredentialsException extends FileSystemException {

  private static final long serialVersionUID = 1L;

  private final boolean ofOther;

  /** Makes the exception for the container {@code file}; {@code reason} says where was looked. */
  public MissingCredentialsException(String file, String reason) {
    this(file, reason, false);
  }

  /**
   * Makes the exception as the other constructor does.
   *
   * @param ofOther whether what is missing are the keys of the other volume: the hidden one that is
   *     to be protected or made, or the outer one in which a hidden one is made
   */
  public MissingCredentialsException(String file, String reason, boolean ofOther) {
    super(file, null, reason);
    this.ofOther = ofOther;
  }

  /**
   * Returns whether what is missing are the keys of the other volume: the hidden one that is to be
   * protected or made, or the outer one in which a hidden one is made.
   */
  public boolean isOfOther() {
    return ofOther;
  }
}
