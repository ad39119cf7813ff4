package dev.tcplay.cli;

import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/**
 * Says what was meant where somebody wrote the path in a container behind that of the container.
 */
final class InsidePathHint {

  private InsidePathHint() {}

  /** Returns what the message of a failure goes on with, mostly nothing. */
  static String of(Throwable failure) {
    if (!(failure instanceof FileSystemException e) || e.getFile() == null) {
      return "";
    }
    boolean isMissing =
        e instanceof NoSuchFileException
            || e instanceof NotDirectoryException
            || e.getClass() == FileSystemException.class;
    return isMissing ? ofMissing(e.getFile()) : "";
  }

  private static String ofMissing(String file) {
    int mark = file.lastIndexOf("!/");
    String outside = mark < 0 ? file : file.substring(0, mark);
    try {
      Path given = Path.of(outside);
      for (Path each = mark < 0 ? given.getParent() : given;
          each != null && !Files.isDirectory(each);
          each = each.getParent()) {
        if (Files.isRegularFile(each)) {
          return "; " + each + " is a file, and a path inside it is an argument of its own";
        }
      }
    } catch (InvalidPathException e) {
      // The message says so.
    }
    return "";
  }
}
