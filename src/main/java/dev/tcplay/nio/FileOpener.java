package dev.tcplay.nio;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.Feature;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Opens a file and makes a channel of it, which the file system closes when it is closed. A
 * directory opens too, but cannot be read, as on Linux: some programs open one only to force it.
 *
 * @param <C> the type of the channel
 */
final class FileOpener<C extends Closeable> {

  private final TcplayPath path;
  private final OpenOptions options;
  private final Function<OpenFile, C> channel;
  private final VolumeAccess access;

  FileOpener(TcplayPath path, OpenOptions options, Function<OpenFile, C> channel) {
    this.path = path;
    this.options = options;
    this.channel = channel;
    this.access = path.getFileSystem().access();
  }

  /**
   * Opens the file, and makes it where it is missing and the options ask for that.
   *
   * @param initial attributes of a file that is made
   * @throws ReadOnlyFileSystemException if the options ask for a change, and there can be none
   * @throws FileAlreadyExistsException if it must be new and is not
   * @throws NoSuchFileException if it is missing, or its directory is
   * @throws AccessDeniedException if it is read-only and to be written or deleted
   */
  C open(AttributeChange initial) throws IOException {
    checkVolume();
    for (int attempt = 1; ; attempt++) {
      boolean isLast = attempt == VolumeAccess.ATTEMPTS;
      Optional<Node> found =
          access.find(path, volume -> NodeFinder.findIfExists(volume, path, options.follow()));
      if (found.isEmpty() && !options.create()) {
        throw new NoSuchFileException(path.toString());
      }
      Node node;
      try {
        node =
            found.isPresent()
                ? found.get()
                : NewNodes.make(path, NodeType.FILE, options.follow(), initial);
      } catch (FileAlreadyExistsException e) {
        if (options.createNew() || isLast) {
          throw e;
        }
        continue;
      }
      try {
        if (found.isPresent()) {
          checkExisting(node);
        }
        return open(node);
      } catch (NoSuchFileException e) {
        // Others deleted, moved or replaced it between our looking and our doing.
        if (isLast) {
          throw e;
        }
      }
    }
  }

  private void checkVolume() throws IOException {
    access.run(
        path,
        volume -> {
          if (options.write() || options.deleteOnClose()) {
            access.checkLock();
            if (volume.isReadOnly()) {
              throw path.getFileSystem().readOnly(path);
            }
          }
          if (!volume.features().contains(Feature.TREE_WRITE) && options.deleteOnClose()) {
            throw new FileSystemException(
                path.toString(),
                null,
                "no file can be deleted on a volume of type " + volume.type());
          }
        });
  }

  private void checkExisting(Node node) throws IOException {
    if (options.createNew()) {
      throw new FileAlreadyExistsException(path.toString());
    }
    if (node.type() == NodeType.SYMLINK) {
      throw new FileSystemException(path.toString(), null, "Is a symbolic link");
    } else if (node.type() == NodeType.OTHER) {
      throw new FileSystemException(path.toString(), null, "is neither a file nor a directory");
    }
    if (node.isDirectory()) {
      if (options.write()) {
        throw new FileSystemException(path.toString(), null, "Is a directory");
      }
    } else if (options.write() || options.deleteOnClose()) {
      if (access.call(path, volume -> volume.attributes(node).isReadOnly())) {
        throw new AccessDeniedException(path.toString(), null, "the file is read-only");
      }
    }
  }

  private OpenNode contents(MountedVolume volume, Node node) throws IOException {
    return switch (node.type()) {
      case FILE -> volume.open(node);
      case DIRECTORY -> new UnreadableNode(path, "Is a directory", volume::force);
      case SYMLINK -> new UnreadableNode(path, "Is a symbolic link", () -> {});
      case OTHER -> new UnreadableNode(path, "is neither a file nor a directory", () -> {});
    };
  }

  /** Opens a node that the path was found to lead to. */
  C open(Node node) throws IOException {
    return open(node, volume -> contents(volume, node));
  }

  /** Opens what belongs to a node, its contents or one of its streams. */
  C open(Node node, VolumeAccess.Call<OpenNode> opening) throws IOException {
    return access.call(
        path,
        volume -> {
          OpenNode contents = Objects.requireNonNull(opening.on(volume), "contents");
          try {
            if (options.truncate()) {
              cutOff(contents);
            }
            C opened = channel.apply(new OpenFile(path, options, node, contents));
            access.resources().add(opened);
            return opened;
          } catch (Throwable e) {
            try (contents) {
              throw e;
            }
          }
        });
  }

  /** The volume may have become read-only since it was looked at. */
  private void cutOff(OpenNode contents) throws IOException {
    try {
      contents.truncate(0);
    } catch (NonWritableChannelException e) {
      throw path.getFileSystem().readOnly(path);
    }
  }
}
