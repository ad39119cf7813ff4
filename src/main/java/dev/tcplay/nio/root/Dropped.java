package dev.tcplay.nio.root;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Arrays;
import java.util.Set;

/**
 * Drops what a volume without owners cannot keep: the JDK gives temporary files permissions by what
 * the default file system says of itself, not by where they are.
 */
final class Dropped {

  private static final String VIEW = "posix";

  private Dropped() {}

  /** Returns the attributes of a new file that are meant for its file system. */
  static FileAttribute<?>[] from(Path file, FileAttribute<?>... attributes) {
    Set<String> views = file.getFileSystem().supportedFileAttributeViews();
    return views.contains(VIEW)
        ? attributes
        : Arrays.stream(attributes)
            .filter(attribute -> !attribute.name().startsWith(VIEW + ":"))
            .toArray(FileAttribute<?>[]::new);
  }
}
