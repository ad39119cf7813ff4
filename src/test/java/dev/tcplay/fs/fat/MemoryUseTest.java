package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.ChildJvm;
import dev.tcplay.testing.KeptDevice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What the driver keeps in memory stays within what docs/testing.md states. Measured in a JVM of
 * its own, as the growth of the heap for many of a kind.
 */
class MemoryUseTest {

  /** Bytes of each kind at most. */
  private static final Map<String, Long> STATED =
      Map.of(
          "mounted volume", 12_000L,
          "open file", 800L,
          "entry of an indexed directory", 100L,
          "cluster of a volume with a free map, times 1000", 500L);

  @Test
  void memoryStaysWithinWhatIsStated() throws Exception {
    String text = ChildJvm.main(List.of("-Xmx300m", "-XX:+UseSerialGC"), Measure.class);
    System.out.println(text);
    Map<String, Long> found =
        text.lines()
            .map(line -> line.split(": ", -1))
            .collect(Collectors.toMap(parts -> parts[0], parts -> Long.parseLong(parts[1])));
    assertEquals(STATED.keySet(), found.keySet(), text);
    STATED.forEach(
        (kind, most) ->
            assertTrue(found.get(kind) <= most, () -> kind + ": " + found.get(kind) + " bytes"));
  }

  /** Runs in a JVM of its own. */
  static final class Measure {

    private static final int VOLUMES = 500;
    private static final int FILES = 5000;

    private final List<Object> kept = new ArrayList<>();

    private Measure() {}

    public static void main(String[] args) throws IOException {
      new Measure().run();
    }

    private static long used() {
      Runtime runtime = Runtime.getRuntime();
      for (int i = 0; i < 3; i++) {
        System.gc();
      }
      return runtime.totalMemory() - runtime.freeMemory();
    }

    private static MountedVolume mount(BlockDevice device) throws IOException {
      return new FatDriver().mount(new KeptDevice(device), WritableVolumes.OPTIONS);
    }

    private void run() throws IOException {
      MemoryDevice device = new MemoryDevice(64 << 20);
      WritableVolumes.format(device, "FAT32");
      try (MountedVolume volume = WritableVolumes.mount(device)) {
        Node directory =
            volume.create(volume.root(), "directory", NodeType.DIRECTORY, AttributeChange.NONE);
        for (int i = 0; i < FILES; i++) {
          Node made =
              volume.create(directory, "name of file " + i, NodeType.FILE, AttributeChange.NONE);
          try (OpenNode file = volume.open(made)) {
            file.write(0, new byte[10], 0, 10);
          }
        }
      }
      measureVolumes(device);
      measureFiles(device);
      measureFreeMap();
      System.out.flush();
      if (kept.isEmpty()) {
        throw new IllegalStateException("nothing was kept");
      }
    }

    private void measureVolumes(BlockDevice device) throws IOException {
      kept.add(mount(device));
      long before = used();
      for (int i = 0; i < VOLUMES; i++) {
        MountedVolume volume = mount(device);
        volume.lookup(volume.root(), "directory");
        kept.add(volume);
      }
      System.out.println("mounted volume: " + (used() - before) / VOLUMES);
    }

    private void measureFiles(BlockDevice device) throws IOException {
      MountedVolume volume = mount(device);
      Node directory = volume.lookup(volume.root(), "directory");
      kept.add(volume);
      long before = used();
      Node some = volume.lookup(directory, "name of file 7");
      long indexed = used();
      System.out.println("entry of an indexed directory: " + (indexed - before) / FILES);
      kept.add(some);
      Node[] nodes = new Node[FILES];
      for (int i = 0; i < FILES; i++) {
        nodes[i] = volume.lookup(directory, "name of file " + i);
      }
      kept.add(nodes);
      OpenNode[] files = new OpenNode[FILES];
      kept.add(files);
      byte[] bytes = new byte[10];
      long closed = used();
      for (int i = 0; i < FILES; i++) {
        files[i] = volume.open(nodes[i]);
        files[i].read(0, bytes, 0, 10);
      }
      System.out.println("open file: " + (used() - closed) / FILES);
    }

    private void measureFreeMap() throws IOException {
      MemoryDevice device = new MemoryDevice(64L << 30);
      WritableVolumes.format(device, "FAT32");
      MountedVolume volume = mount(device);
      kept.add(volume);
      Node file = volume.create(volume.root(), "file", NodeType.FILE, AttributeChange.NONE);
      long before = used();
      try (OpenNode open = volume.open(file)) {
        open.write(0, new byte[1], 0, 1);
      }
      long clusters = volume.space().totalBytes() / volume.space().blockSize();
      System.out.println(
          "cluster of a volume with a free map, times 1000: "
              + (used() - before) * 1000 / clusters);
    }
  }
}
