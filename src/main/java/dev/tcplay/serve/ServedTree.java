package dev.tcplay.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;

/** What servers of all kinds ask of a tree and the names in it. */
public final class ServedTree {

  private ServedTree() {}

  /**
   * Returns the root of a tree, without links.
   *
   * @throws IOException if it is no directory
   */
  public static Path root(Path said) throws IOException {
    Path real = said.toRealPath();
    if (!Files.isDirectory(real)) {
      throw new NotDirectoryException(said.toString());
    }
    return real;
  }

  /** Returns whether a tree cannot be changed at all: its file system, or where that lies. */
  public static boolean isReadOnly(Path root) throws IOException {
    return root.getFileSystem().isReadOnly() || Files.getFileStore(root).isReadOnly();
  }

  /**
   * Returns whether a path leads on from a file. Java has no exception for that, and the system
   * says it in its own language.
   */
  public static boolean isBelowFile(Path path) {
    for (Path above = path.getParent(); above != null; above = above.getParent()) {
      if (Files.exists(above)) {
        return !Files.isDirectory(above);
      }
    }
    return false;
  }

  /**
   * Returns the path of a name in a directory; empty if it is more than a name, as where the file
   * system has another separator, or drives.
   *
   * @throws InvalidPathException if the file system has no such names
   */
  public static Optional<Path> child(Path directory, String name) {
    Path relative = directory.getFileSystem().getPath(name);
    boolean isName =
        relative.getRoot() == null
            && relative.getNameCount() == 1
            && relative.toString().equals(name);
    return isName ? Optional.of(directory.resolve(relative)) : Optional.empty();
  }
}
