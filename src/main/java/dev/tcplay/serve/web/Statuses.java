package dev.tcplay.serve.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Which status tells a client what a file system threw. */
public final class Statuses {

  /** How systems say what {@code java.nio.file} has no exception for, and its status. */
  private static final Map<String, Integer> BY_REASON =
      Map.ofEntries(
          Map.entry("space left", 507),
          Map.entry("disk space", 507),
          Map.entry("enough space", 507),
          Map.entry("quota", 507),
          Map.entry("is full", 507),
          Map.entry("too large", 507),
          Map.entry("cannot store the name", 400),
          Map.entry("name too long", 400),
          Map.entry("filename, directory name", 400),
          Map.entry("invalid argument", 400),
          Map.entry("illegal byte sequence", 400),
          Map.entry("symbolic link", 404),
          Map.entry("read-only", 403),
          Map.entry("not permitted", 403));

  private Statuses() {}

  /** Returns the status of what was thrown; 500 for what nobody foresaw. */
  public static int of(Throwable thrown) {
    if (thrown instanceof HttpFailure failure) {
      return failure.status();
    }
    if (thrown instanceof UncheckedIOException || thrown instanceof DirectoryIteratorException) {
      return of(Objects.requireNonNull(thrown.getCause()));
    }
    if (thrown instanceof NoSuchFileException) {
      return 404;
    }
    if (thrown instanceof AccessDeniedException
        || thrown instanceof ReadOnlyFileSystemException
        || thrown instanceof SecurityException
        || thrown instanceof UnsupportedOperationException) {
      return 403;
    }
    if (thrown instanceof InvalidPathException) {
      return 400;
    }
    if (thrown instanceof FileSystemLoopException) {
      return 508;
    }
    if (thrown instanceof FileAlreadyExistsException
        || thrown instanceof NotDirectoryException
        || thrown instanceof DirectoryNotEmptyException) {
      return 409;
    }
    if (!(thrown instanceof IOException)) {
      return 500;
    }
    String why =
        thrown instanceof FileSystemException failure ? failure.getReason() : thrown.getMessage();
    String message = String.valueOf(why).toLowerCase(Locale.ROOT);
    return BY_REASON.entrySet().stream()
        .filter(reason -> message.contains(reason.getKey()))
        .mapToInt(Map.Entry::getValue)
        .max()
        .orElse(500);
  }
}
