package dev.tcplay.nio;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Objects;

/** Makes files, directories and links, whole or not at all. */
final class NewNodes {

  /** What makes a node at its place. */
  interface Maker {
    Node make(MountedVolume volume, NodeFinder.Place place) throws IOException;
  }

  private NewNodes() {}

  /**
   * Makes an empty file or directory.
   *
   * @param follow whether it is made where a link at its place leads to
   * @param initial attributes that it has from the beginning
   * @throws IOException as {@link #make(TcplayPath, boolean, Maker)} says
   */
  static Node make(TcplayPath path, NodeType type, boolean follow, AttributeChange initial)
      throws IOException {
    return make(
        path,
        follow,
        (volume, place) -> volume.create(place.directory(), place.name(), type, initial));
  }

  /**
   * Makes a node.
   *
   * @param follow whether it is made where a link at its place leads to
   * @throws FileAlreadyExistsException if there is an entry of its name
   * @throws java.nio.file.NoSuchFileException if its directory is missing
   * @throws java.nio.file.ReadOnlyFileSystemException if all this is in order, but not the volume
   */
  static Node make(TcplayPath path, boolean follow, Maker maker) throws IOException {
    VolumeAccess access = path.getFileSystem().access();
    return access.find(
        path,
        volume -> {
          NodeFinder.Place place = NodeFinder.place(volume, path, follow);
          if (volume.isReadOnly() && volume.lookup(place.directory(), place.name()) != null) {
            // Who wants it to be there, such as Files.createDirectories, has it.
            throw new FileAlreadyExistsException(path.toString());
          }
          access.checkChangeable(path, volume);
          return Objects.requireNonNull(maker.make(volume, place), "node");
        });
  }

  /** Changes attributes of what was made. */
  static void change(TcplayPath path, Node node, AttributeChange change) throws IOException {
    path.getFileSystem().access().changeFound(path, volume -> volume.change(node, change));
  }

  /** Removes what was made, after a failure that is reported whether this succeeds or not. */
  static void remove(TcplayPath path, Node node, Throwable failure) {
    try {
      Deletion.delete(path, node);
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
