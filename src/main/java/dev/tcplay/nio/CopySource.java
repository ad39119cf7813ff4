package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.Feature;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodeType;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is copied or moved, as it was found. It is open, so that it stays what it was when others
 * replace it.
 *
 * @param path how the caller called it
 * @param node what it is
 * @param attributes what it was like
 * @param contents what it holds; of what is not a file nothing can be read
 */
record CopySource(TcplayPath path, Node node, NodeAttributes attributes, NodeChannel contents)
    implements Closeable {

  /**
   * Finds what is copied or moved; the caller closes it.
   *
   * @param follow whether a link is followed; else it is copied or moved itself
   */
  static CopySource open(TcplayPath path, boolean follow) throws IOException {
    return path.getFileSystem()
        .access()
        .find(
            path,
            volume -> {
              Node node = NodeFinder.find(volume, path, follow);
              NodeAttributes attributes =
                  Objects.requireNonNull(volume.attributes(node), "attributes");
              return new CopySource(path, node, attributes, open(path, node, READ));
            });
  }

  /** Opens a node that a path was found to lead to. */
  static NodeChannel open(TcplayPath path, Node node, StandardOpenOption option)
      throws IOException {
    return opener(path, option).open(node);
  }

  private static FileOpener<NodeChannel> opener(TcplayPath path, StandardOpenOption option) {
    return new FileOpener<>(path, OpenOptions.of(Set.of(option)), NodeChannel::new);
  }

  /** Returns the names of the streams that go with it to the target's volume. */
  List<String> streams(TcplayPath target) throws IOException {
    boolean none =
        type() == NodeType.SYMLINK
            || !path.getFileSystem().has(Feature.STREAMS)
            || !target.getFileSystem().has(Feature.STREAMS);
    return none
        ? List.of()
        : path.getFileSystem().access().call(path, on -> List.copyOf(on.streams(node)));
  }

  /** Opens one of its streams. */
  NodeChannel stream(String name) throws IOException {
    return opener(path, READ).open(node, volume -> volume.openStream(node, name, false));
  }

  /** Opens a stream of another node, and makes it there. */
  static NodeChannel newStream(TcplayPath path, Node node, String name) throws IOException {
    return opener(path, WRITE).open(node, volume -> volume.openStream(node, name, true));
  }

  NodeType type() {
    return node.type();
  }

  /**
   * Checks that there can be such a node on the target's volume.
   *
   * @throws UnsupportedOperationException if it is a link, and there are none
   * @throws FileSystemException if it has no contents to copy, or a link holds no path
   */
  void checkKind(TcplayPath target) throws IOException {
    if (type() == NodeType.SYMLINK) {
      target.getFileSystem().require(Feature.SYMLINK, "symbolic links");
      held();
    } else if (type() == NodeType.OTHER) {
      throw new FileSystemException(
          path.toString(), target.toString(), "is no file, directory or link");
    }
  }

  /** Returns what the link holds, to the letter. */
  String held() throws IOException {
    return path.getFileSystem().access().call(path, volume -> Links.held(volume, path, node));
  }

  boolean isAlso(TcplayPath other, Node there) {
    return other.getFileSystem() == path.getFileSystem() && there.id() == node.id();
  }

  /** Returns the change that gives another file the same attributes. */
  AttributeChange everything() {
    return AttributeChange.copyOf(attributes);
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
    Optional<Node> there =
        access.find(target, volume -> NodeFinder.findIfExists(volume, target, false));
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
