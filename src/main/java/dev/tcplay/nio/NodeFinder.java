package dev.tcplay.nio;

import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodePlace;
import dev.tcplay.fs.NodeType;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Walks paths from the root of a volume to a node. Symbolic links on the way are followed, and what
 * is behind {@code ..} is the directory above the one that a link led to, as on the default file
 * system. Others may move or replace what is on the way: {@link VolumeAccess#find} and {@link
 * VolumeAccess#change} then begin anew.
 */
final class NodeFinder {

  /** How many links one path may lead through, as on Linux. */
  private static final int MOST_LINKS = 40;

  /**
   * Where an entry is, or can be made.
   *
   * @param directory the directory
   * @param name the entry's name as the caller, or the link that led there, wrote it
   */
  record Place(Node directory, String name) {}

  private final MountedVolume volume;
  private final TcplayPath path;

  /** The nodes from the entry of the root directory to where the walk is; without links. */
  private final Deque<Node> trail = new ArrayDeque<>();

  private int links;

  /** How much of the trail leads to a directory above which nothing is known, mostly 0. */
  private int floor;

  private NodeFinder(MountedVolume volume, TcplayPath path) throws IOException {
    this.volume = volume;
    this.path = path;
    HeldDirectory start = path.start();
    if (start != null) {
      beginAt(start);
      // Without a name nothing is meant, as on the default file system, so that nobody deletes it.
      require(!path.toString().isEmpty());
    }
  }

  /** Begins at an open directory. If that has moved, it is not known what is above it now. */
  private void beginAt(HeldDirectory start) throws IOException {
    Node now = start.node();
    if (now.id() == volume.root().id()) {
      return;
    }
    trail.addAll(start.above());
    long parent = here().id();
    NodePlace place = volume.place(now);
    trail.addLast(now);
    boolean hasMoved = place.directory() != parent && !place.equals(NodePlace.UNKNOWN);
    floor = hasMoved ? trail.size() : 0;
  }

  private void goUp() throws FileSystemException {
    if (floor > 0 && trail.size() == floor) {
      throw new FileSystemException(
          path.toString(), null, "leads above an open directory that has been moved");
    }
    trail.pollLast();
  }

  /**
   * Finds the node of a path.
   *
   * @param follow whether a link at its end is followed
   * @throws MissingException if there is none
   * @throws BelowFileException if a file stands in place of a directory
   * @throws FileSystemLoopException if the path leads through too many links
   */
  static Node find(MountedVolume volume, TcplayPath path, boolean follow) throws IOException {
    return findIfExists(volume, path, follow).orElseThrow(() -> new MissingException(path));
  }

  /**
   * Finds the nodes on the way to that of a path, without the root; the last is the path's own.
   *
   * @throws MissingException as {@link #find}
   */
  static List<Node> findWay(MountedVolume volume, TcplayPath path, boolean follow)
      throws IOException {
    NodeFinder finder = new NodeFinder(volume, path);
    finder.require(finder.walk(path.elements(), follow));
    return List.copyOf(finder.trail);
  }

  /** Finds the node of a path, as {@link #find}; empty if there is none. */
  static Optional<Node> findIfExists(MountedVolume volume, TcplayPath path, boolean follow)
      throws IOException {
    NodeFinder finder = new NodeFinder(volume, path);
    return finder.walk(path.elements(), follow) ? Optional.of(finder.here()) : Optional.empty();
  }

  /**
   * Finds the place of an entry, whether it is there or not.
   *
   * @param follow whether the place is where a link at the end of the path leads to
   * @throws MissingException if its directory is missing
   * @throws FileAlreadyExistsException if the path is that of the root, or ends in . or ..
   * @throws BelowFileException if a file stands in place of its directory
   */
  static Place place(MountedVolume volume, TcplayPath path, boolean follow) throws IOException {
    return new NodeFinder(volume, path).place(path.elements(), follow);
  }

  /**
   * Returns the names on the way to what is at a path, as the volume stores them.
   *
   * @param follow whether links are followed; else they stay on the way, and a {@code ..} behind
   *     one as well
   */
  static List<String> storedNames(MountedVolume volume, TcplayPath path, boolean follow)
      throws IOException {
    List<String> stored = new ArrayList<>();
    if (follow) {
      NodeFinder finder = new NodeFinder(volume, path);
      finder.require(finder.walk(path.elements(), true));
      for (Node node : finder.trail) {
        stored.add(volume.name(node));
      }
      return stored;
    }
    for (String name : path.elements()) {
      NodeFinder finder = new NodeFinder(volume, path);
      finder.require(finder.walk(stored, false));
      boolean isUp = name.equals("..");
      if (isUp && finder.here().type() != NodeType.SYMLINK && !stored.contains("..")) {
        stored = stored.subList(0, Math.max(stored.size() - 1, 0));
      } else if (!name.equals(".")) {
        List<String> longer = new ArrayList<>(stored);
        longer.add(name);
        NodeFinder next = new NodeFinder(volume, path);
        next.require(next.walk(longer, false));
        longer.set(stored.size(), isUp ? name : volume.name(next.here()));
        stored = longer;
      }
    }
    return stored;
  }

  private void require(boolean found) throws MissingException {
    if (!found) {
      throw new MissingException(path);
    }
  }

  private void requireDirectory(Node node) throws BelowFileException {
    if (!node.isDirectory()) {
      throw new BelowFileException(path);
    }
  }

  private Node here() {
    return trail.isEmpty() ? volume.root() : trail.getLast();
  }

  /** Goes on by names, and returns whether there is something at their end. */
  private boolean walk(List<String> names, boolean follow) throws IOException {
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Node directory = here();
      requireDirectory(directory);
      if (name.equals("..")) {
        goUp();
      } else if (!name.equals(".")) {
        Node entry = volume.lookup(directory, name);
        if (entry == null) {
          return false;
        }
        boolean isFollowed = entry.type() == NodeType.SYMLINK && (follow || i < names.size() - 1);
        if (!isFollowed) {
          trail.addLast(entry);
        } else if (!walk(target(entry), true)) {
          return false;
        }
      }
    }
    return true;
  }

  private Place place(List<String> names, boolean follow) throws IOException {
    int last = names.size() - 1;
    require(walk(names.subList(0, Math.max(last, 0)), true));
    Node directory = here();
    requireDirectory(directory);
    if (last < 0 || !TcplayPath.isName(names.get(last))) {
      throw new FileAlreadyExistsException(path.toString());
    }
    if (follow) {
      Node entry = volume.lookup(directory, names.get(last));
      if (entry != null && entry.type() == NodeType.SYMLINK) {
        return place(target(entry), true);
      }
    }
    return new Place(directory, names.get(last));
  }

  /** Returns the names that lead on from a link; goes to the root if they begin there. */
  private List<String> target(Node link) throws IOException {
    if (++links > MOST_LINKS) {
      throw new FileSystemLoopException(path.toString());
    }
    String target = Links.held(volume, path, link);
    if (target.startsWith("/")) {
      trail.clear();
      floor = 0;
    }
    List<String> names = new ArrayList<>(path.getFileSystem().getPath(target).elements());
    if (target.endsWith("/")) {
      // Only a directory may be there.
      names.add(".");
    }
    return names;
  }
}
