package dev.tcplay.nio;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeAttributes;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Optional;

/**
 * What is copied or moved, as it was found.
 *
 * @param path how the caller called it
 * @param node what it is
 * @param attributes what it was like
 */
record Subject(TcplayPath path, Node node, NodeAttributes attributes) {

  static Subject find(TcplayPath path) throws IOException {
    return path.getFileSystem()
        .access()
        .call(
            path,
            volume -> {
              Node node = NodeFinder.find(volume, path);
              return new Subject(path, node, volume.attributes(node));
            });
  }

  boolean isDirectory() {
    return node.isDirectory();
  }

  boolean isAlso(TcplayPath other, Node there) {
    return other.getFileSystem() == path.getFileSystem() && there.id() == node.id();
  }

  /** Returns the change that gives another file the same attributes. */
  AttributeChange everything() {
    return new AttributeChange(
        attributes.created(),
        attributes.modified(),
        attributes.accessed(),
        attributes.readOnly(),
        attributes.hidden(),
        attributes.system(),
        attributes.archive());
  }

  /**
   * Makes way for a target.
   *
   * @return whether there is something to do: not if the target is this itself
   * @throws FileAlreadyExistsException if something is there that is not to be replaced
   * @throws IOException if it cannot be deleted, as {@link Deletion} says
   */
  boolean clear(TcplayPath target, boolean replace) throws IOException {
    VolumeAccess access = target.getFileSystem().access();
    Optional<Node> there = access.call(target, volume -> NodeFinder.findIfExists(volume, target));
    if (there.isPresent()) {
      if (isAlso(target, there.get())) {
        return false;
      }
      if (!replace) {
        throw new FileAlreadyExistsException(target.toString());
      }
      Deletion.delete(target);
    }
    return true;
  }
}
