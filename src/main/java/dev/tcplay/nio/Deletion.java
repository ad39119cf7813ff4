package dev.tcplay.nio;

import dev.tcplay.fs.Node;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes files, links and empty directories. */
final class Deletion {

  private Deletion() {}

  /**
   * Deletes what a path leads to, of a link the link itself.
   *
   * @throws java.nio.file.NoSuchFileException if there is nothing
   * @throws java.nio.file.DirectoryNotEmptyException if it is a directory with entries
   * @throws java.nio.file.AccessDeniedException if its attributes forbid it
   * @throws java.nio.file.ReadOnlyFileSystemException if there is something on a read-only volume
   * @throws FileSystemException if it is the root, or the path ends in a dot
   */
  static void delete(TcplayPath path) throws IOException {
    delete(path, node -> {});
  }

  /**
   * Deletes a directory, or what is none, as {@link #delete(TcplayPath)}.
   *
   * @throws FileSystemException also if it is the other
   */
  static void delete(TcplayPath path, boolean directory) throws IOException {
    delete(
        path,
        node -> {
          if (node.isDirectory() != directory) {
            throw new FileSystemException(
                path.toString(), null, directory ? "Not a directory" : "Is a directory");
          }
        });
  }

  /** Looks at a node before it is deleted. */
  private interface Check {
    void of(Node node) throws IOException;
  }

  private static void delete(TcplayPath path, Check check) throws IOException {
    VolumeAccess access = path.getFileSystem().access();
    access.find(
        path,
        volume -> {
          Node node = NodeFinder.find(volume, path, false);
          access.checkChangeable(path, volume);
          if (node.id() == volume.root().id()) {
            throw new FileSystemException(path.toString(), null, "is the root directory");
          }
          check.of(node);
          requireName(path, null, ".");
          volume.delete(node);
          return path;
        });
  }

  /**
   * Checks that a path ends in a name: behind a link, {@code link/.} would lead to the directory
   * that the link hides, whose name the caller may not know of. As on the default file system.
   *
   * @param target where it is to go, null if nowhere
   * @throws FileSystemException if it ends in one of the dots
   */
  static void requireName(TcplayPath path, @Nullable TcplayPath target, String... dots)
      throws FileSystemException {
    TcplayPath last = path.getFileName();
    if (last != null && List.of(dots).contains(last.toString())) {
      throw new FileSystemException(
          path.toString(),
          target == null ? null : target.toString(),
          "ends in " + last + ", which is no name of an entry");
    }
  }

  /** Deletes the node that a path was found to lead to, unless it has another name by now. */
  static void delete(TcplayPath path, Node node) throws IOException {
    path.getFileSystem().access().changeFound(path, volume -> volume.delete(node));
  }
}
