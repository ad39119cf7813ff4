package dev.tcplay.fs.archive;

import dev.tcplay.fs.CorruptFileSystemException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the paths of an archive paths below one root: empty parts, {@code .} and {@code ..} are
 * left out, wherever they stand, and a NUL becomes U+FFFD.
 */
final class SafePath {

  /** The name of a file whose path has no parts that count. */
  static final String UNNAMED = "_";

  private SafePath() {}

  /**
   * Returns the names of which a path consists.
   *
   * @throws CorruptFileSystemException if it is longer or deeper than {@link Bounds} say
   */
  static List<String> parts(String path) throws CorruptFileSystemException {
    if (path.length() > Bounds.PATH_LENGTH) {
      throw new CorruptFileSystemException(
          null, "the path of a member has " + path.length() + " characters: " + start(path));
    }
    List<String> parts = new ArrayList<>();
    for (int from = 0; from <= path.length(); ) {
      int slash = path.indexOf('/', from);
      int to = slash < 0 ? path.length() : slash;
      String part = path.substring(from, to);
      if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
        parts.add(part.replace('\0', '\uFFFD'));
      }
      from = to + 1;
    }
    if (parts.size() > Bounds.DEPTH) {
      throw new CorruptFileSystemException(
          null, "the path of a member has " + parts.size() + " parts: " + start(path));
    }
    return parts;
  }

  /** Returns what of a path a message shows. */
  static String start(String path) {
    return path.length() <= 80 ? path : path.substring(0, 80) + "...";
  }
}
