package dev.tcplay.testing;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.OpenNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Short ways through the tree of a volume. A path is names behind slashes; the root's is empty. */
public final class Walk {

  private Walk() {}

  /** Returns the node at a path, null if it is not there. */
  public static Node find(MountedVolume volume, String path) throws IOException {
    Node node = volume.root();
    for (String name : path.split("/", -1)) {
      node = name.isEmpty() || node == null ? node : volume.lookup(node, name);
    }
    return node;
  }

  /** Returns the path of a path's directory. */
  public static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** Returns the last name of a path. */
  public static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Returns the names in a directory, as they are stored and in that order. */
  public static List<String> names(MountedVolume volume, String path) throws IOException {
    List<String> names = new ArrayList<>();
    DirectoryCursor cursor = volume.list(find(volume, path));
    DirectoryCursor.Entry entry;
    while ((entry = cursor.next()) != null) {
      names.add(entry.name());
    }
    return names;
  }

  /** Returns the contents of a file. */
  public static byte[] read(MountedVolume volume, String path) throws IOException {
    return read(volume, find(volume, path));
  }

  /** Returns the contents of a file. */
  public static byte[] read(MountedVolume volume, Node file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[10_000];
    try (OpenNode open = volume.open(file)) {
      int n;
      while ((n = open.read(bytes.size(), buffer, 0, buffer.length)) > 0) {
        bytes.write(buffer, 0, n);
      }
    }
    return bytes.toByteArray();
  }

  /** Returns every file and directory by its path. */
  public static Map<String, Node> tree(MountedVolume volume) throws IOException {
    Map<String, Node> tree = new TreeMap<>();
    collect(volume, volume.root(), "", tree);
    return tree;
  }

  private static void collect(
      MountedVolume volume, Node directory, String path, Map<String, Node> tree)
      throws IOException {
    DirectoryCursor cursor = volume.list(directory);
    DirectoryCursor.Entry entry;
    while ((entry = cursor.next()) != null) {
      String child = path + "/" + entry.name();
      tree.put(child, entry.node());
      if (entry.node().isDirectory()) {
        collect(volume, entry.node(), child, tree);
      }
    }
  }

  /** Returns the contents of all files that can be read, by their paths. */
  public static Map<String, byte[]> readable(MountedVolume volume) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    collectReadable(volume, volume.root(), "", contents);
    return contents;
  }

  private static void collectReadable(
      MountedVolume volume, Node directory, String path, Map<String, byte[]> contents)
      throws IOException {
    try {
      DirectoryCursor cursor = volume.list(directory);
      DirectoryCursor.Entry entry;
      while ((entry = cursor.next()) != null) {
        String child = path + "/" + entry.name();
        if (entry.node().isDirectory()) {
          collectReadable(volume, entry.node(), child, contents);
        } else {
          contents.put(child, read(volume, entry.node()));
        }
      }
    } catch (CorruptFileSystemException e) {
      // What cannot be read is no sound file.
    }
  }
}
