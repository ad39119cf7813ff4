package dev.tcplay.nio;

import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks paths from the root of a volume to a node. */
final class NodeFinder {

  private NodeFinder() {}

  /**
   * Finds the node of a path.
   *
   * @throws NoSuchFileException if there is none
   * @throws FileSystemException if a file stands in the path as a directory
   */
  static Node find(MountedVolume volume, TcplayPath path) throws IOException {
    List<Node> trail = trail(volume, path);
    return trail.isEmpty() ? volume.root() : trail.get(trail.size() - 1);
  }

  /** Finds the node of a path, empty if there is none. */
  static Optional<Node> findIfExists(MountedVolume volume, TcplayPath path) throws IOException {
    try {
      return Optional.of(find(volume, path));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Finds the nodes from the entry of the root directory to that of the path, as {@link #find}. */
  static List<Node> trail(MountedVolume volume, TcplayPath path) throws IOException {
    Deque<Node> trail = new ArrayDeque<>();
    for (String name : path.elements()) {
      Node directory = trail.isEmpty() ? volume.root() : trail.getLast();
      if (!directory.isDirectory()) {
        throw new FileSystemException(path.toString(), null, "Not a directory");
      }
      switch (name) {
        case "." -> {}
        case ".." -> trail.pollLast();
        default -> trail.addLast(entry(volume, path, directory, name));
      }
    }
    return List.copyOf(trail);
  }

  private static Node entry(MountedVolume volume, TcplayPath path, Node directory, String name)
      throws IOException {
    @Nullable Node entry = volume.lookup(directory, name);
    if (entry == null) {
      throw new NoSuchFileException(path.toString());
    }
    return entry;
  }
}
