package dev.tcplay.nio;

import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Walks paths from the root of a volume to a node. */
final class NodeFinder {

  private NodeFinder() {}

  /**
   * Finds the node of a path.
   *
   * @throws NoSuchFileException if there is none, also where a file stands in place of a directory
   */
  static Node find(MountedVolume volume, TcplayPath path) throws IOException {
    return last(volume, trail(volume, path));
  }

  /** Finds the node of a path, empty if there is none. */
  static Optional<Node> findIfExists(MountedVolume volume, TcplayPath path) throws IOException {
    return trailIfExists(volume, path).map(trail -> last(volume, trail));
  }

  private static Node last(MountedVolume volume, List<Node> trail) {
    return trail.isEmpty() ? volume.root() : trail.get(trail.size() - 1);
  }

  /** Finds the nodes from the entry of the root directory to that of the path, as {@link #find}. */
  static List<Node> trail(MountedVolume volume, TcplayPath path) throws IOException {
    return trailIfExists(volume, path).orElseThrow(() -> new NoSuchFileException(path.toString()));
  }

  private static Optional<List<Node>> trailIfExists(MountedVolume volume, TcplayPath path)
      throws IOException {
    Deque<Node> trail = new ArrayDeque<>();
    for (String name : path.elements()) {
      Node directory = trail.isEmpty() ? volume.root() : trail.getLast();
      if (!directory.isDirectory()) {
        return Optional.empty();
      }
      if (name.equals("..")) {
        trail.pollLast();
      } else if (!name.equals(".")) {
        Node entry = volume.lookup(directory, name);
        if (entry == null) {
          return Optional.empty();
        }
        trail.addLast(entry);
      }
    }
    return Optional.of(List.copyOf(trail));
  }
}
