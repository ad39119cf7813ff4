package dev.tcplay.nio;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.Node;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Optional;

/** Makes files and directories, whole or not at all. */
final class NewNodes {

  private NewNodes() {}

  /**
   * Makes an empty file or directory.
   *
   * @param initial attributes that it has from the beginning
   * @throws FileAlreadyExistsException if there is an entry of its name
   * @throws java.nio.file.NoSuchFileException if its directory is missing
   * @throws java.nio.file.ReadOnlyFileSystemException if all this is in order, but not the volume
   */
  static Node make(TcplayPath path, boolean directory, Optional<AttributeChange> initial)
      throws IOException {
    VolumeAccess access = path.getFileSystem().access();
    Node node =
        access.find(
            path,
            volume -> {
              NodeFinder.Place place = NodeFinder.place(volume, path);
              if (volume.isReadOnly() && volume.lookup(place.directory(), place.name()) != null) {
                // Who wants it to be there, such as Files.createDirectories, has it.
                throw new FileAlreadyExistsException(path.toString());
              }
              access.checkChangeable(path, volume);
              return volume.create(place.directory(), place.name(), directory);
            });
    if (initial.isPresent()) {
      try {
        change(path, node, initial.get());
      } catch (Throwable e) {
        remove(path, node, e);
        throw e;
      }
    }
    return node;
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
