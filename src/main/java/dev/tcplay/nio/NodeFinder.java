package dev.tcplay.nio;

import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks paths from the root of a volume to a node. Others may move or replace what is on the way:
 * {@link VolumeAccess#find} and {@link VolumeAccess#change} then begin anew.
 */
final class NodeFinder {

  /**
   * Where an entry is, or can be made.
   *
   * @param directory the directory
   * @param name the entry's name as the caller wrote it
   */
  record Place(Node directory, String name) {}

  /**
   * Says that nothing is at a path: looking once more would not help, unlike where a driver says
   * that a node is gone that it gave out before.
   */
  static final class Missing extends NoSuchFileException {

    private static final long serialVersionUID = 1;

    Missing(String file, @Nullable String other, @Nullable String reason) {
      super(file, other, reason);
    }

    private Missing(TcplayPath path) {
      this(path.toString(), null, null);
    }

    /** Returns the exception for callers, who compare classes. */
    NoSuchFileException plain() {
      return new NoSuchFileException(getFile(), getOtherFile(), getReason());
    }
  }

  private NodeFinder() {}

  /**
   * Finds the node of a path.
   *
   * @throws Missing if there is none, also where a file stands in place of a directory
   */
  static Node find(MountedVolume volume, TcplayPath path) throws IOException {
    return last(volume, trail(volume, path));
  }

  /** Finds the node of a path, empty if there is none. */
  static Optional<Node> findIfExists(MountedVolume volume, TcplayPath path) throws IOException {
    return trailIfExists(volume, path.elements()).map(trail -> last(volume, trail));
  }

  /**
   * Finds the place of an entry, whether it is there or not.
   *
   * @throws Missing if its directory is missing
   * @throws FileAlreadyExistsException if the path is that of the root, or ends in . or ..
   * @throws FileSystemException if a file stands in place of its directory
   */
  static Place place(MountedVolume volume, TcplayPath path) throws IOException {
    List<String> names = path.elements();
    int last = names.size() - 1;
    Optional<List<Node>> trail = trailIfExists(volume, names.subList(0, Math.max(last, 0)));
    Node directory = last(volume, trail.orElseThrow(() -> new Missing(path)));
    if (!directory.isDirectory()) {
      throw new FileSystemException(path.toString(), null, "Not a directory");
    }
    if (last < 0 || !TcplayPath.isName(names.get(last))) {
      throw new FileAlreadyExistsException(path.toString());
    }
    return new Place(directory, names.get(last));
  }

  private static Node last(MountedVolume volume, List<Node> trail) {
    return trail.isEmpty() ? volume.root() : trail.get(trail.size() - 1);
  }

  /** Finds the nodes from the entry of the root directory to that of the path, as {@link #find}. */
  static List<Node> trail(MountedVolume volume, TcplayPath path) throws IOException {
    return trailIfExists(volume, path.elements()).orElseThrow(() -> new Missing(path));
  }

  private static Optional<List<Node>> trailIfExists(MountedVolume volume, List<String> names)
      throws IOException {
    Deque<Node> trail = new ArrayDeque<>();
    for (String name : names) {
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
