package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.READ;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeAttributes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * What is copied or moved, as it was found. It is open, so that it stays what it was when others
 * replace it.
 *
 * @param path how the caller called it
 * @param node what it is
 * @param attributes what it was like
 * @param contents what it holds; of a directory nothing can be read
 */
record Subject(TcplayPath path, Node node, NodeAttributes attributes, NodeChannel contents)
    implements Closeable {

  /** Finds what is copied or moved; the caller closes it. */
  static Subject open(TcplayPath path) throws IOException {
    return path.getFileSystem()
        .access()
        .find(
            path,
            volume -> {
              Node node = NodeFinder.find(volume, path);
              NodeAttributes attributes = volume.attributes(node);
              return new Subject(path, node, attributes, open(path, node, READ));
            });
  }

  /** Opens a node that a path was found to lead to. */
  static NodeChannel open(TcplayPath path, Node node, StandardOpenOption option)
      throws IOException {
    return new FileOpener<>(path, OpenOptions.of(Set.of(option)), NodeChannel::new).open(node);
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
    Optional<Node> there = access.find(target, volume -> NodeFinder.findIfExists(volume, target));
    if (there.isPresent()) {
      if (isAlso(target, there.get())) {
        return false;
      }
      if (!replace) {
        throw new FileAlreadyExistsException(target.toString());
      }
      try {
        Deletion.delete(target);
      } catch (NoSuchFileException e) {
        // Somebody else was quicker.
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    contents.close();
  }
}
