package dev.tcplay.nio;

import dev.tcplay.fs.Node;
import java.io.IOException;
import java.nio.file.FileSystemException;

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
   * @throws FileSystemException if it is the root
   */
  static void delete(TcplayPath path) throws IOException {
    VolumeAccess access = path.getFileSystem().access();
    access.find(
        path,
        volume -> {
          Node node = NodeFinder.find(volume, path, false);
          access.checkChangeable(path, volume);
          if (node.id() == volume.root().id()) {
            throw new FileSystemException(path.toString(), null, "is the root directory");
          }
          volume.delete(node);
          return path;
        });
  }

  /** Deletes the node that a path was found to lead to, unless it has another name by now. */
  static void delete(TcplayPath path, Node node) throws IOException {
    path.getFileSystem().access().changeFound(path, volume -> volume.delete(node));
  }
}
