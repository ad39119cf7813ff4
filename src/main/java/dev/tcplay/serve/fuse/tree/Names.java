package dev.tcplay.serve.fuse.tree;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The kernel's paths, which begin with a slash and have neither dots nor empty names, in a tree.
 */
final class Names {

  /** What the adapter reads in the place of bytes that are no UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  private final Path root;
  private final boolean slashes;

  Names(Path root) {
    this.root = root;
    this.slashes = root.getFileSystem().getSeparator().equals("/");
  }

  Path root() {
    return root;
  }

  /**
   * Returns the path to something that should be there.
   *
   * @throws ErrorException ENOENT for a name that nothing can have, ENAMETOOLONG
   */
  Path existing(String path) throws ErrorException {
    try {
      return path(path);
    } catch (InvalidPathException e) {
      ErrorNumber error = Errors.of(e);
      throw new ErrorException(error == ErrorNumber.EINVAL ? ErrorNumber.ENOENT : error);
    }
  }

  /**
   * Returns the path to something that is to be made.
   *
   * @throws ErrorException EINVAL for a name that cannot be, ENAMETOOLONG
   */
  Path fresh(String path) throws ErrorException {
    if (last(path).indexOf(REPLACEMENT) >= 0) {
      throw new ErrorException(ErrorNumber.EINVAL);
    }
    try {
      return path(path);
    } catch (InvalidPathException e) {
      throw new ErrorException(Errors.of(e));
    }
  }

  private Path path(String path) {
    if (path.length() <= 1) {
      return root;
    }
    if (slashes) {
      return root.resolve(path.substring(1));
    }
    Path found = root;
    for (String name : path.substring(1).split("/", -1)) {
      found = found.resolve(name);
    }
    return found;
  }

  /** Returns the last name of a path, empty for the root. */
  static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Returns whether a path leads into a directory, to whatever depth. */
  static boolean isIn(String path, String directory) {
    return path.startsWith(directory + "/");
  }

  /** Returns a path once something was renamed that it may lead to or through. */
  static String renamed(String path, String from, String to) {
    return path.equals(from) || isIn(path, from) ? to + path.substring(from.length()) : path;
  }

  /**
   * Returns whether the kernel can be told of a name: one with half a surrogate pair has no UTF-8.
   */
  static boolean isShown(String name) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(name);
  }
}
