package dev.tcplay.model;

import java.nio.file.FileSystemException;

/**
 * No header opened: the password, PIM or keyfiles are wrong, or the file is no container. The two
 * cannot be told apart, as a container looks like random bytes. The reason says what was tried and
 * what was not, and nothing of the password.
 */
public final class WrongPasswordException extends FileSystemException {

  private static final long serialVersionUID = 1L;

  /** Makes the exception for the container {@code file}; {@code tried} says what was tried. */
  public WrongPasswordException(String file, String tried) {
    super(file, null, tried);
  }
}
