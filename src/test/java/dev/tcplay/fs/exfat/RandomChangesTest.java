package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random changes of a tree beside a model in memory, on disks of noise, judged by fsck.exfat. */
class RandomChangesTest {

  private static final int ROUNDS = Integer.getInteger("tcplay.exfat.rounds", 6);
  private static final int CHANGES = 300;

  /** Names of one entry to seventeen, so that sets lie in one sector or in two. */
  private static final int[] LENGTHS = {1, 8, 15, 16, 30, 60, 100, 200, 211, 254};

  /** Contents by path; null for a directory. */
  private final Map<String, byte[]> model = new TreeMap<>();

  private Random random;
  private WritableVolume volume;

  @ParameterizedTest
  @CsvSource({"0, 2097152", "3, 4194304", "6, 8388608"})
  void treeIsWhatTheModelSays(int clusterShift, int bytes) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      long seed = 1_000L * round + clusterShift;
      System.out.println("seed " + seed);
      random = new Random(seed);
      model.clear();
      BlockDevice disk = ExFatImage.make(bytes, clusterShift);
      volume = WritableVolume.on(disk);
      for (int i = 0; i < CHANGES; i++) {
        change();
        if (i % 100 == 99) {
          compare();
          volume.remount();
          compare();
        }
      }
      volume.closeAndCheck();
      assertEquals(usedByTree(disk), usedByBitmap(disk), "clusters in use, seed " + seed);
    }
  }

  private void change() throws IOException {
    try {
      switch (random.nextInt(10)) {
        case 0 -> directory();
        case 1, 2, 3 -> file();
        case 4 -> delete();
        case 5 -> move(false);
        case 6 -> move(true);
        case 7 -> truncate();
        default -> write();
      }
    } catch (FileSystemException e) {
      if (e.getReason() == null || !e.getReason().contains("No space")) {
        throw e;
      }
    }
  }

  private String any(boolean directory) {
    List<String> paths = new ArrayList<>();
    model.forEach(
        (path, contents) -> {
          if ((contents == null) == directory) {
            paths.add(path);
          }
        });
    if (directory) {
      paths.add("");
    }
    return paths.isEmpty() ? null : paths.get(random.nextInt(paths.size()));
  }

  private String fresh() {
    String name = Integer.toString(random.nextInt(400), 36);
    int length = LENGTHS[random.nextInt(LENGTHS.length)];
    return any(true) + "/" + name + "x".repeat(Math.max(0, length - name.length()));
  }

  private void directory() throws IOException {
    String path = fresh();
    if (!model.containsKey(path) && path.chars().filter(c -> c == '/').count() < 5) {
      volume.directory(path);
      model.put(path, null);
    }
  }

  private void file() throws IOException {
    String path = fresh();
    if (!model.containsKey(path)) {
      volume.file(path);
      model.put(path, new byte[0]);
      write(path);
    }
  }

  private void write() throws IOException {
    String path = any(false);
    if (path != null) {
      write(path);
    }
  }

  private void write(String path) throws IOException {
    byte[] old = model.get(path);
    int position = random.nextInt(3) == 0 ? random.nextInt(old.length + 5000) : old.length;
    byte[] bytes = new byte[random.nextInt(20_000)];
    random.nextBytes(bytes);
    try (OpenNode open = volume.volume().open(volume.find(path))) {
      open.write(position, bytes, 0, bytes.length);
      if (random.nextInt(4) == 0) {
        open.force();
      }
    }
    if (bytes.length > 0) {
      byte[] now = Arrays.copyOf(old, Math.max(old.length, position + bytes.length));
      System.arraycopy(bytes, 0, now, position, bytes.length);
      model.put(path, now);
    }
  }

  private void truncate() throws IOException {
    String path = any(false);
    if (path != null) {
      int size = random.nextInt(model.get(path).length + 1);
      try (OpenNode open = volume.volume().open(volume.find(path))) {
        open.truncate(size);
      }
      model.put(path, Arrays.copyOf(model.get(path), size));
    }
  }

  private void delete() throws IOException {
    String path = any(random.nextInt(3) == 0);
    if (path != null && !path.isEmpty() && !hasChildren(path)) {
      volume.volume().delete(volume.find(path));
      model.remove(path);
    }
  }

  private boolean hasChildren(String path) {
    return model.keySet().stream().anyMatch(other -> other.startsWith(path + "/"));
  }

  private void move(boolean replace) throws IOException {
    String from = any(random.nextInt(3) == 0);
    String to = replace ? any(false) : fresh();
    if (from == null || from.isEmpty() || to == null || to.equals(from) || inside(to, from)) {
      return;
    }
    if (model.containsKey(to) != replace) {
      return;
    }
    volume.move(from, to, replace);
    Map<String, byte[]> moved = new TreeMap<>();
    for (String path : new TreeSet<>(model.keySet())) {
      if (path.equals(from) || inside(path, from)) {
        moved.put(to + path.substring(from.length()), model.remove(path));
      }
    }
    model.remove(to);
    model.putAll(moved);
  }

  private static boolean inside(String path, String directory) {
    return path.startsWith(directory + "/");
  }

  private void compare() throws IOException {
    Map<String, Node> tree = Walk.tree(volume.volume());
    assertEquals(model.keySet(), tree.keySet());
    for (Map.Entry<String, byte[]> entry : model.entrySet()) {
      if (entry.getValue() != null) {
        assertArrayEquals(
            entry.getValue(), Walk.read(volume.volume(), tree.get(entry.getKey())), entry.getKey());
      }
    }
  }

  private static long usedByBitmap(BlockDevice disk) throws IOException {
    VolumeParts parts = VolumeParts.find(disk);
    return parts.region().geometry().clusters() - parts.bitmap().free().count();
  }

  /** Returns how many clusters the files, the directories and the system files take. */
  private static long usedByTree(BlockDevice disk) throws IOException {
    try (WritableVolume again = WritableVolume.on(disk)) {
      Geometry geometry = BootRegion.find(disk).geometry();
      RootEntries root =
          RootEntries.read(Directories.rootSlots(disk, geometry, new FatLinks(disk, geometry)));
      long clusters =
          geometry.clustersFor(geometry.bitmapBytes())
              + geometry.clustersFor(root.upcase().length())
              + Directories.rootSlots(disk, geometry, new FatLinks(disk, geometry)).capacity()
                  / (geometry.clusterSize() / DirectorySlots.SLOT_BYTES);
      for (Node node : Walk.tree(again.volume()).values()) {
        clusters += geometry.clustersFor(((ExFatNode) node).entry().set().allocation().length());
      }
      return clusters;
    }
  }
}
