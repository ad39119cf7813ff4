package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.OpenNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Short ways to mount, walk and read in tests. */
public final class Volumes {

  static final MountOptions OPTIONS =
      MountOptions.DEFAULT.withReadOnly(true).withCodePage(Charset.forName("IBM437"));

  private Volumes() {}

  static int probe(BlockDevice device) throws IOException {
    return new FatDriver().probe(device);
  }

  static MountedVolume mount(Path image) throws IOException {
    return new FatDriver().mount(FileDevice.open(image, HostOpen.reading()), OPTIONS);
  }

  static MountedVolume mount(BlockDevice device) throws IOException {
    return new FatDriver().mount(device, OPTIONS);
  }

  /** Returns the node at a path of names separated by slashes, null if it is not there. */
  public static Node find(MountedVolume volume, String path) throws IOException {
    Node node = volume.root();
    for (String name : path.split("/", -1)) {
      node = name.isEmpty() || node == null ? node : volume.lookup(node, name);
    }
    return node;
  }

  public static List<String> names(MountedVolume volume, String path) throws IOException {
    List<String> names = new ArrayList<>();
    DirectoryCursor cursor = volume.list(find(volume, path));
    DirectoryCursor.Entry entry;
    while ((entry = cursor.next()) != null) {
      names.add(entry.name());
    }
    return names;
  }

  public static byte[] read(MountedVolume volume, String path) throws IOException {
    return read(volume, find(volume, path));
  }

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

  /** Returns every file and directory by its path, which begins with a slash. */
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
}
