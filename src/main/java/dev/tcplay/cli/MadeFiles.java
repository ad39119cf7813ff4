package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;

/**
 * The files and directories that one run of a command has made, which it never replaces or merges
 * with: two names may be one in the place that is copied to.
 */
final class MadeFiles {

  private final Set<Object> keys = new HashSet<>();

  /**
   * Finds out whether what has a name was made before.
   *
   * @param there the attributes of what is at the path
   * @throws FileSystemException if it was
   */
  void checkOther(Path path, BasicFileAttributes there) throws IOException {
    if (keys.contains(key(path, there))) {
      throw new FileSystemException(
          path.toString(), null, "another of these files has this name there");
    }
  }

  /** Finds out as above, if there is anything at the path. */
  void checkOther(Path path) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      checkOther(path, Tree.attributes(path));
    }
  }

  /** Adds what was made at a path. */
  void add(Path path) throws IOException {
    add(path, Tree.attributes(path));
  }

  /** Adds what was made at a path. */
  void add(Path path, BasicFileAttributes made) throws IOException {
    keys.add(key(path, made));
  }

  private static Object key(Path path, BasicFileAttributes attributes) throws IOException {
    Object key = attributes.fileKey();
    return key == null ? path.toRealPath(LinkOption.NOFOLLOW_LINKS) : key;
  }
}
