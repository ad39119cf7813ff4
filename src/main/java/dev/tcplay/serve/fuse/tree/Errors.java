package dev.tcplay.serve.fuse.tree;

import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
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
import java.nio.file.ReadOnlyFileSystemException;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Tells the kernel in its numbers what a file system of Java throws. */
final class Errors {

  private static final System.Logger LOG = System.getLogger("dev.tcplay.serve.fuse");

  private static final Map<Class<? extends Throwable>, ErrorNumber> CLASSES = new LinkedHashMap<>();

  /**
   * Words of reasons, for what has no class: those of the system's own errors, which the default
   * file system passes on, and of those who say the same in other words. The first that fits
   * counts.
   */
  private static final Map<String, ErrorNumber> REASONS = new LinkedHashMap<>();

  static {
    CLASSES.put(NoSuchFileException.class, ErrorNumber.ENOENT);
    CLASSES.put(FileAlreadyExistsException.class, ErrorNumber.EEXIST);
    CLASSES.put(DirectoryNotEmptyException.class, ErrorNumber.ENOTEMPTY);
    CLASSES.put(NotDirectoryException.class, ErrorNumber.ENOTDIR);
    CLASSES.put(AccessDeniedException.class, ErrorNumber.EACCES);
    CLASSES.put(NotLinkException.class, ErrorNumber.EINVAL);
    CLASSES.put(FileSystemLoopException.class, ErrorNumber.ELOOP);
    CLASSES.put(AtomicMoveNotSupportedException.class, ErrorNumber.EXDEV);
    CLASSES.put(ReadOnlyFileSystemException.class, ErrorNumber.EROFS);
    CLASSES.put(NonWritableChannelException.class, ErrorNumber.EBADF);
    CLASSES.put(NonReadableChannelException.class, ErrorNumber.EBADF);
    CLASSES.put(ClosedChannelException.class, ErrorNumber.EBADF);
    CLASSES.put(SecurityException.class, ErrorNumber.EACCES);
    CLASSES.put(OutOfMemoryError.class, ErrorNumber.ENOMEM);
    CLASSES.put(UnsupportedOperationException.class, ErrorNumber.ENOTSUP);
    // Times, sizes and positions that cannot be.
    CLASSES.put(IllegalArgumentException.class, ErrorNumber.EINVAL);
    CLASSES.put(DateTimeException.class, ErrorNumber.EINVAL);
    CLASSES.put(ArithmeticException.class, ErrorNumber.EINVAL);

    REASONS.put("too long", ErrorNumber.ENAMETOOLONG);
    REASONS.put("longer than", ErrorNumber.ENAMETOOLONG);
    REASONS.put("no space", ErrorNumber.ENOSPC);
    REASONS.put("is full", ErrorNumber.ENOSPC);
    REASONS.put("quota", ErrorNumber.EDQUOT);
    REASONS.put("too large", ErrorNumber.EFBIG);
    REASONS.put("too many levels", ErrorNumber.ELOOP);
    REASONS.put("too many links", ErrorNumber.EMLINK);
    REASONS.put("too many open", ErrorNumber.EMFILE);
    REASONS.put("is a directory", ErrorNumber.EISDIR);
    REASONS.put("not a directory", ErrorNumber.ENOTDIR);
    REASONS.put("no directory", ErrorNumber.ENOTDIR);
    REASONS.put("not empty", ErrorNumber.ENOTEMPTY);
    REASONS.put("cross-device", ErrorNumber.EXDEV);
    REASONS.put("read-only", ErrorNumber.EROFS);
    REASONS.put("busy", ErrorNumber.EBUSY);
    REASONS.put("root directory", ErrorNumber.EBUSY);
    REASONS.put("not permitted", ErrorNumber.EPERM);
    REASONS.put("invalid argument", ErrorNumber.EINVAL);
    REASONS.put("itself", ErrorNumber.EINVAL);
    REASONS.put("not supported", ErrorNumber.ENOTSUP);
  }

  private Errors() {}

  /** Returns the error, EIO for what nobody expects; such a failure is logged. */
  static ErrorNumber of(Throwable failure) {
    if (failure instanceof ErrorException known) {
      return known.error();
    }
    if (failure instanceof InvalidPathException name) {
      return ofReason(name.getReason(), ErrorNumber.EINVAL);
    }
    for (Map.Entry<Class<? extends Throwable>, ErrorNumber> each : CLASSES.entrySet()) {
      if (each.getKey().isInstance(failure)) {
        return each.getValue();
      }
    }
    if (!(failure instanceof IOException)) {
      LOG.log(WARNING, "a file system failed as none should", failure);
      return ErrorNumber.EIO;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause != failure && cause instanceof InvalidPathException) {
        return of(cause);
      }
      // The message of the one holds the names of files, in which any words may be.
      String why = cause instanceof FileSystemException e ? e.getReason() : cause.getMessage();
      ErrorNumber found = ofReason(String.valueOf(why), ErrorNumber.EIO);
      if (found != ErrorNumber.EIO) {
        return found;
      }
    }
    return ErrorNumber.EIO;
  }

  private static ErrorNumber ofReason(String reason, ErrorNumber otherwise) {
    String lower = reason.toLowerCase(Locale.ROOT);
    return REASONS.entrySet().stream()
        .filter(each -> lower.contains(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(otherwise);
  }
}
