package dev.tcplay.model;

import java.nio.file.FileSystemException;

/**
 * No header opened: the password, PIM or keyfiles are wrong, or the file is no container. The two
 * cannot be told apart, as a container looks like random bytes. The reason says what was tried and
 * what was not, and nothing of the password.
 */
public final class WrongPasswordException extends FileSystemException {

  private static final long serialVersionUID = 1L;

  private final boolean ofOther;

  /** Makes the exception for the container {@code file}; {@code tried} says what was tried. */
  public WrongPasswordException(String file, String tried) {
    this(file, tried, false);
  }

  /**
   * Makes the exception as the other constructor does.
   *
   * @param ofOther whether it is the hidden volume that does not open, which is to be protected
   *     while the normal one is used
   */
  public WrongPasswordException(String file, String tried, boolean ofOther) {
    super(file, null, tried);
    this.ofOther = ofOther;
  }

  /**
   * Returns whether it is the hidden volume that does not open, which is to be protected while the
   * normal one is used; its keys are wrong then, and those of the normal one are right.
   */
  public boolean isOfOther() {
    return ofOther;
  }
}
