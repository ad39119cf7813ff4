package dev.tcplay.nio.root;

import java.io.File;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the container's tree is: a path of the host, taken as it is written.
 *
 * @param path absolute, without {@code .} and {@code ..}, and no root
 */
record MountPoint(Path path) {

  /** What the virtual machine itself reads and writes must not depend on a container. */
  private static final List<String> OUTSIDE =
      List.of(
          "java.home",
          "java.class.path",
          "jdk.module.path",
          "jdk.module.upgrade.path",
          "java.io.tmpdir");

  /**
   * Reads a mount point.
   *
   * @throws IllegalArgumentException if it is not absolute, a root, or where the virtual machine
   *     has its own files
   */
  static MountPoint parse(String text, FileSystem host) {
    Path path;
    try {
      path = host.getPath(text);
    } catch (InvalidPathException e) {
      throw refusal("is no path: " + e.getReason());
    }
    if (!path.isAbsolute() || path.getNameCount() == 0 || !path.equals(path.normalize())) {
      throw refusal("must be absolute, no root, and without . and ..: " + text);
    }
    MountPoint mountPoint = new MountPoint(path);
    OUTSIDE.forEach(property -> mountPoint.keepOut(property, host));
    return mountPoint;
  }

  private void keepOut(String property, FileSystem host) {
    String places = System.getProperty(property, "");
    for (String place : places.split(File.pathSeparator, -1)) {
      if (!place.isEmpty()) {
        refuseTogether(host.getPath(place), property);
      }
    }
  }

  /**
   * Checks that a file of the host is outside.
   *
   * @param what says what file it is
   * @throws IllegalArgumentException if it lies in the mount point, or the mount point in it
   */
  void refuseTogether(Path place, String what) {
    Path other = place.toAbsolutePath().normalize();
    if (other.startsWith(path)) {
      throw refusal(path + " contains " + other + " of " + what);
    }
    if (path.startsWith(other)) {
      throw refusal(path + " lies in " + other + " of " + what);
    }
  }

  /**
   * Tells where a path leads. A {@code ..} leads from the top of the container's tree to the folder
   * that holds the mount point.
   */
  Place locate(Path asked) {
    Path absolute = asked.toAbsolutePath();
    if (absolute.normalize().getNameCount() < absolute.getNameCount()) {
      return follow(absolute);
    }
    if (!absolute.startsWith(path)) {
      return new Place(absolute, List.of(), false);
    }
    List<String> inside = new ArrayList<>();
    for (int i = path.getNameCount(); i < absolute.getNameCount(); i++) {
      inside.add(absolute.getName(i).toString());
    }
    return new Place(path, inside, true);
  }

  private Place follow(Path absolute) {
    List<String> inside = new ArrayList<>();
    // How far below the top of the tree, negative outside.
    int depth = -1;
    Path outside = absolute.getRoot();
    for (Path name : absolute) {
      String text = name.toString();
      if (depth < 0) {
        outside = outside.resolve(name);
        depth = outside.normalize().equals(path) ? 0 : -1;
        continue;
      }
      inside.add(text);
      depth += text.equals("..") ? -1 : text.equals(".") ? 0 : 1;
      if (depth < 0) {
        outside = path.resolve(name).normalize();
        inside.clear();
      }
    }
    return depth < 0 ? new Place(outside, List.of(), false) : new Place(path, inside, true);
  }

  /**
   * Where a path leads.
   *
   * @param host the path of the host, the mount point if it leads inside
   * @param names the names inside, none for its top
   * @param isInside whether it leads inside
   */
  record Place(Path host, List<String> names, boolean isInside) {}

  private static IllegalArgumentException refusal(String what) {
    return new IllegalArgumentException(RootProvider.MOUNT_POINT + ": " + what);
  }
}
