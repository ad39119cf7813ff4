package dev.tcplay.nio;

import dev.tcplay.fs.Feature;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodeType;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.util.Objects;

/** What may be done with a file. */
final class AccessCheck {

  private AccessCheck() {}

  /**
   * Checks access. A directory's own attribute read-only keeps nobody from changing its entries, as
   * on Windows; files cannot be executed.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws AccessDeniedException if a mode is not granted
   */
  static void check(TcplayPath path, AccessMode... modes) throws IOException {
    for (AccessMode mode : modes) {
      Objects.requireNonNull(mode, "mode");
    }
    NodeAttributes attributes =
        path.getFileSystem()
            .access()
            .find(
                path,
                volume ->
                    Objects.requireNonNull(
                        volume.attributes(NodeFinder.find(volume, path, true)), "attributes"));
    for (AccessMode mode : modes) {
      switch (mode) {
        case READ -> {}
        case WRITE -> checkWrite(path, attributes);
        case EXECUTE -> {
          if (attributes.type() != NodeType.DIRECTORY) {
            throw denied(path, "files in a container cannot be executed");
          }
        }
      }
    }
  }

  private static void checkWrite(TcplayPath path, NodeAttributes attributes) throws IOException {
    if (path.getFileSystem().isReadOnly()) {
      throw denied(path, "the file system is read-only");
    }
    if (attributes.type() == NodeType.DIRECTORY) {
      if (!path.getFileSystem().has(Feature.TREE_WRITE)) {
        throw denied(path, "the directory is fixed");
      }
    } else if (attributes.isReadOnly()) {
      throw denied(path, "the file is read-only");
    }
  }

  private static AccessDeniedException denied(TcplayPath path, String reason) {
    return new AccessDeniedException(path.toString(), null, reason);
  }
}
