package dev.tcplay.container;

import dev.tcplay.block.ForbiddenWriteException;
import dev.tcplay.fs.CorruptFileSystemException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import org.jspecify.annotations.Nullable;

/**
 * The exceptions of drivers with the paths as the caller wrote them. Of two paths, that a target
 * exists or has entries is said of the target alone, as on the default file system.
 */
public final class NamedFailures {

  private NamedFailures() {}

  /** Returns the exception with the caller's paths; the same one if it has them. */
  public static FileSystemException of(
      FileSystemException failure, Path path, @Nullable Path other) {
    boolean isNamed = names(failure, path) && isOtherNamed(failure, other);
    if (isNamed || (other != null && names(failure, other))) {
      return failure;
    }
    FileSystemException named = named(failure, path.toString(), other);
    if (named != failure) {
      named.initCause(failure);
    }
    return named;
  }

  /** Returns what callers of {@code Files} expect where a volume cannot store a name. */
  public static FileSystemException of(
      InvalidPathException failure, Path path, @Nullable Path other) {
    String where = failure.getIndex() < 0 ? "" : " at index " + failure.getIndex();
    FileSystemException named =
        new FileSystemException(
            path.toString(),
            text(other),
            "the volume cannot store the name \""
                + failure.getInput()
                + "\": "
                + failure.getReason()
                + where);
    named.initCause(failure);
    return named;
  }

  /**
   * Returns what callers of {@code Files} expect where a driver makes a mistake.
   *
   * @param type the type of its volume
   * @throws RuntimeException the failure itself, if it is one that callers expect unchecked
   */
  public static FileSystemException of(
      RuntimeException failure, String type, Path path, @Nullable Path other) {
    if (failure instanceof ReadOnlyFileSystemException
        || failure instanceof ClosedFileSystemException
        || failure instanceof ClosedDirectoryStreamException
        || failure instanceof NonWritableChannelException) {
      throw failure;
    } else if (failure instanceof InvalidPathException invalid) {
      return of(invalid, path, other);
    }
    FileSystemException named =
        new FileSystemException(
            path.toString(), text(other), "the driver of type " + type + " failed: " + failure);
    named.initCause(failure);
    return named;
  }

  /** Returns what whoever closes a volume expects where its driver makes a mistake. */
  public static FileSystemException ofClosing(RuntimeException failure, String type) {
    FileSystemException named =
        new FileSystemException(null, null, "the driver of type " + type + " failed: " + failure);
    named.initCause(failure);
    return named;
  }

  private static boolean names(FileSystemException failure, Path path) {
    return path.toString().equals(failure.getFile());
  }

  /** A second path that the driver gave is often the directory, not what is in it. */
  private static boolean isOtherNamed(FileSystemException failure, @Nullable Path other) {
    String given = failure.getOtherFile();
    return given == null || other == null || given.equals(other.toString());
  }

  private static FileSystemException named(
      FileSystemException failure, String path, @Nullable Path other) {
    Class<?> type = failure.getClass();
    String reason = failure.getReason();
    String target = other == null ? path : other.toString();
    if (type == FileSystemException.class || type == ForbiddenWriteException.class) {
      return new FileSystemException(path, text(other), reason);
    } else if (type == CorruptFileSystemException.class) {
      return new CorruptFileSystemException(path, String.valueOf(reason));
    } else if (type == NoSuchFileException.class) {
      return new NoSuchFileException(path, text(other), reason);
    } else if (type == AccessDeniedException.class) {
      return new AccessDeniedException(path, text(other), reason);
    } else if (type == FileAlreadyExistsException.class) {
      return new FileAlreadyExistsException(target, null, reason);
    } else if (type == DirectoryNotEmptyException.class) {
      return new DirectoryNotEmptyException(target);
    }
    return failure;
  }

  private static @Nullable String text(@Nullable Path path) {
    return path == null ? null : path.toString();
  }
}
