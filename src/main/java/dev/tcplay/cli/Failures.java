package dev.tcplay.cli;

import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said of a failure, in one line. */
final class Failures {

  private Failures() {}

  /** Returns the message for a failure. */
  static String message(Throwable failure) {
    if (failure instanceof FileSystemException e) {
      return fileMessage(e);
    }
    return plainMessage(failure);
  }

  /** Returns the stack trace of a failure, whose messages may hold names from a volume. */
  static String trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return trace
        .toString()
        .replace("\t", "    ")
        .lines()
        .map(line -> Names.visible(line) + "\n")
        .collect(Collectors.joining());
  }

  /**
   * Returns the failure with the names of the files that a user knows, where it names others, such
   * as a temporary one, or none.
   */
  static IOException named(IOException failure, String source, @Nullable String target) {
    String file = failure instanceof FileSystemException e ? e.getFile() : null;
    if (source.equals(file) || (file != null && file.equals(target))) {
      return failure;
    }
    FileSystemException named = new FileSystemException(source, target, reason(failure));
    named.initCause(failure);
    return named;
  }

  /** Returns the message for a failure, but for the name of the file. */
  static String reason(IOException failure) {
    if (!(failure instanceof FileSystemException e)) {
      return plainMessage(failure);
    }
    String reason = e.getReason();
    return reason == null || reason.isEmpty() ? meaning(e) : reason;
  }

  private static String plainMessage(Throwable failure) {
    String text = failure.getMessage();
    if (failure instanceof IOException) {
      return text == null ? plainName(failure) : text;
    }
    String name = failure.getClass().getSimpleName();
    return "internal error: " + (text == null ? name : name + ": " + text);
  }

  /** Many file system exceptions say what happened by their class alone. */
  private static String fileMessage(FileSystemException failure) {
    String reason = reason(failure);
    String file = failure.getFile();
    String other = failure.getOtherFile();
    if (file == null) {
      return reason;
    }
    return (other == null ? file : file + " -> " + other) + ": " + reason;
  }

  private static String meaning(FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file";
    } else if (failure instanceof FileAlreadyExistsException) {
      return "exists already";
    } else if (failure instanceof AccessDeniedException) {
      return "access denied";
    } else if (failure instanceof NotDirectoryException) {
      return "not a directory";
    } else if (failure instanceof DirectoryNotEmptyException) {
      return "directory not empty";
    } else if (failure instanceof FileSystemLoopException) {
      return "symbolic links lead in a circle";
    }
    return plainName(failure);
  }

  private static String plainName(@Nullable Throwable failure) {
    if (failure instanceof EOFException) {
      return "unexpected end";
    } else if (failure instanceof ClosedChannelException) {
      return "channel closed";
    }
    return failure == null ? "" : failure.getClass().getSimpleName();
  }
}
