package dev.tcplay.fs.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads all that a volume shows. What is wrong with the volume is counted; what is wrong with the
 * driver fails.
 */
final class TreeReader {

  private static final int STEP = 1500;

  private final MountedVolume volume;
  private final int mostBytes;

  /** The contents of files by their paths, as far as they could be read. */
  final Map<String, byte[]> files = new LinkedHashMap<>();

  int failures;

  TreeReader(MountedVolume volume, int mostBytes) {
    this.volume = volume;
    this.mostBytes = mostBytes;
  }

  /** Returns the files of a volume that is sound. */
  static Map<String, byte[]> files(MountedVolume volume) throws IOException {
    TreeReader reader = new TreeReader(volume, Integer.MAX_VALUE);
    reader.read();
    assertEquals(0, reader.failures);
    return reader.files;
  }

  TreeReader read() throws IOException {
    directory("", volume.root());
    return this;
  }

  private void directory(String path, Node directory) throws IOException {
    DirectoryCursor cursor = volume.list(directory);
    while (true) {
      DirectoryCursor.Entry entry;
      try {
        entry = cursor.next();
      } catch (IOException e) {
        failed(e);
        return;
      }
      if (entry == null) {
        return;
      }
      String name = entry.name();
      assertTrue(!name.isEmpty() && !name.equals(".") && !name.equals(".."), name);
      assertTrue(name.indexOf('/') < 0 && name.indexOf('\0') < 0, name);
      assertEquals(entry.node(), volume.lookup(directory, name));
      node(path + name, entry.node());
    }
  }

  private void node(String path, Node node) throws IOException {
    assertEquals(node.type(), volume.attributes(node).type());
    assertTrue(volume.attributes(node).size() >= 0);
    if (node.isDirectory()) {
      directory(path + "/", node);
    } else if (node.type() == NodeType.FILE) {
      files.put(path, contents(node));
    } else if (node.type() == NodeType.SYMLINK) {
      try {
        assertNotNull(volume.readLink(node));
      } catch (IOException e) {
        failed(e);
      }
    }
  }

  private byte[] contents(Node file) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[STEP];
    try (OpenNode open = volume.open(file)) {
      int count = 0;
      while (count >= 0 && all.size() < mostBytes) {
        count = open.read(all.size(), buffer, 0, STEP);
        all.write(buffer, 0, Math.max(0, count));
      }
      if (count < 0) {
        assertEquals(open.size(), all.size());
      }
    } catch (IOException e) {
      failed(e);
    }
    return all.toByteArray();
  }

  private void failed(IOException e) {
    assertNotNull(e.getMessage(), e::toString);
    failures++;
  }
}
