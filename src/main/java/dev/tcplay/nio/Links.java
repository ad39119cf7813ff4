package dev.tcplay.nio;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.Feature;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;

/** Makes and reads symbolic links, and makes further names of files. */
final class Links {

  private Links() {}

  /**
   * Returns the path that a symbolic link holds.
   *
   * @throws UnsupportedOperationException if the volume has no symbolic links
   * @throws NotLinkException if it is none
   */
  static TcplayPath read(TcplayPath link) throws IOException {
    TcplayFileSystem fileSystem = link.getFileSystem();
    fileSystem.require(Feature.SYMLINK, "symbolic links");
    return fileSystem
        .access()
        .find(
            link,
            volume -> {
              Node node = NodeFinder.find(volume, link, false);
              if (node.type() != NodeType.SYMLINK) {
                throw new NotLinkException(link.toString());
              }
              return fileSystem.getPath(held(volume, link, node));
            });
  }

  /**
   * Returns what a symbolic link holds, which may be read as a path.
   *
   * @param path where the link was met
   * @throws CorruptFileSystemException if it holds no path
   */
  static String held(MountedVolume volume, TcplayPath path, Node link) throws IOException {
    String held = volume.readLink(link);
    if (held.isEmpty() || held.indexOf('\0') >= 0) {
      throw new CorruptFileSystemException(path.toString(), "a link holds no path: " + held);
    }
    return held;
  }

  /**
   * Makes a symbolic link, which holds the target as it is given.
   *
   * @throws UnsupportedOperationException if the volume has no symbolic links
   */
  static Node makeSymbolic(TcplayPath link, String target) throws IOException {
    TcplayFileSystem fileSystem = link.getFileSystem();
    fileSystem.require(Feature.SYMLINK, "symbolic links");
    if (target.isEmpty()) {
      throw new NoSuchFileException(link.toString(), null, "a link cannot hold the empty path");
    }
    return NewNodes.make(
        link,
        false,
        (volume, place) -> volume.createSymbolicLink(place.directory(), place.name(), target));
  }

  /**
   * Gives a file one more name; a symbolic link is not followed.
   *
   * @throws UnsupportedOperationException if files of the volume have one name only
   * @throws FileSystemException if it is a directory, or on another volume
   */
  static void makeHard(TcplayPath link, TcplayPath existing) throws IOException {
    TcplayFileSystem fileSystem = link.getFileSystem();
    fileSystem.require(Feature.HARD_LINK, "hard links");
    if (existing.getFileSystem() != fileSystem) {
      throw failure(link, existing, "they are on two volumes");
    }
    try {
      NewNodes.make(
          link,
          false,
          (volume, place) -> {
            Node node = NodeFinder.find(volume, existing, false);
            if (volume.lookup(place.directory(), place.name()) != null) {
              throw new FileAlreadyExistsException(link.toString());
            }
            if (node.isDirectory()) {
              throw failure(link, existing, "a directory has one name only");
            }
            return volume.createLink(place.directory(), place.name(), node);
          });
    } catch (FileAlreadyExistsException e) {
      throw new FileAlreadyExistsException(link.toString(), existing.toString(), e.getReason());
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(link.toString(), existing.toString(), e.getReason());
    } catch (FileSystemException e) {
      if (e.getClass() != FileSystemException.class || e.getOtherFile() != null) {
        throw e;
      }
      FileSystemException both = failure(link, existing, e.getReason());
      both.initCause(e);
      throw both;
    }
  }

  private static FileSystemException failure(TcplayPath link, TcplayPath existing, String reason) {
    return new FileSystemException(link.toString(), existing.toString(), reason);
  }
}
