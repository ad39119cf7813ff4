package dev.tcplay.nio.root;

import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Gives the failures of the container's file system the names that its files have outside. */
final class InsideNames {

  private InsideNames() {}

  /**
   * Returns a failure of the same class, caused by the first.
   *
   * @param names gives a name of the one tree for one in the failure
   */
  static FileSystemException translate(FileSystemException failure, UnaryOperator<String> names) {
    String file = failure.getFile();
    String other = failure.getOtherFile();
    FileSystemException translated =
        copy(
            failure,
            file == null ? null : names.apply(file),
            other == null ? null : names.apply(other),
            failure.getReason());
    translated.initCause(failure);
    return translated;
  }

  /** Returns why a path of the container can be none outside, where the host has other names. */
  static FileSystemException unknownOutside(String file, InvalidPathException why) {
    FileSystemException refusal =
        new FileSystemException(file, null, "holds a name that is none here: " + why.getReason());
    refusal.initCause(why);
    return refusal;
  }

  private static FileSystemException copy(
      FileSystemException failure,
      @Nullable String file,
      @Nullable String other,
      @Nullable String reason) {
    if (failure instanceof NoSuchFileException) {
      return new NoSuchFileException(file, other, reason);
    } else if (failure instanceof FileAlreadyExistsException) {
      return new FileAlreadyExistsException(file, other, reason);
    } else if (failure instanceof AccessDeniedException) {
      return new AccessDeniedException(file, other, reason);
    } else if (failure instanceof DirectoryNotEmptyException) {
      return new DirectoryNotEmptyException(file);
    } else if (failure instanceof NotDirectoryException) {
      return new NotDirectoryException(file);
    } else if (failure instanceof NotLinkException) {
      return new NotLinkException(file, other, reason);
    } else if (failure instanceof FileSystemLoopException) {
      return new FileSystemLoopException(file);
    } else if (failure instanceof AtomicMoveNotSupportedException) {
      return new AtomicMoveNotSupportedException(file, other, reason);
    }
    return new FileSystemException(file, other, reason);
  }
}
