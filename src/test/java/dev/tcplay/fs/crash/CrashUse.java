package dev.tcplay.fs.crash;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.SnapshotDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.KeptDevice;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Uses a volume that a crash has left, as programs do: they delete what they take for temporary,
 * rewrite, rename, make files and directories, and fill the volume. What was forced must be there
 * before, and what nobody touched must be the same afterwards. The volume itself is not changed.
 */
final class CrashUse {

  private static final int OPERATIONS = 25;
  private static final int MOST_BYTES = 4000;

  private final CrashFormat format;
  private final BlockDevice used;
  private final Random random;
  private final List<String> faults = new ArrayList<>();
  private final List<String> journal = new ArrayList<>();
  private final Map<String, byte[]> expected = new TreeMap<>();

  /** Prepares the use of a copy of a volume. */
  CrashUse(CrashFormat format, BlockDevice crashed, Random random) {
    this.format = format;
    this.used = SnapshotDevice.inMemory(new KeptDevice(crashed));
    this.random = random;
  }

  /** Returns the volume as it was used. */
  BlockDevice device() {
    return used;
  }

  /** Returns what is wrong, nothing if all is as it must be. */
  List<String> judge(CrashJudge judge) {
    try {
      MountedVolume mounted = format.write(used);
      if (mounted.isReadOnly()) {
        faults.add("is read-only: " + mounted.warnings());
      }
      mounted.close();
      faults.addAll(judge.judge(used));
      if (judge.isShared()) {
        faults.add("files share clusters though a writer was here: " + mounted.warnings());
      }
      MountedVolume volume = format.write(used);
      remember(volume);
      for (int i = 0; i < OPERATIONS; i++) {
        step(volume);
      }
      fill(volume);
      volume.close();
      compare();
      format.check(used, this::judgeFinding);
    } catch (IOException | RuntimeException e) {
      faults.add("used, exception: " + e);
    }
    if (!faults.isEmpty()) {
      faults.add("used: " + journal);
    }
    return faults;
  }

  private void judgeFinding(Finding finding) {
    if (!format.leftovers().contains(finding.kind())) {
      faults.add("used, check: " + finding);
    }
  }

  private void remember(MountedVolume volume) throws IOException {
    for (Map.Entry<String, Node> entry : Walk.tree(volume).entrySet()) {
      if (!entry.getValue().isDirectory()) {
        try {
          expected.put(entry.getKey(), Walk.read(volume, entry.getValue()));
        } catch (CorruptFileSystemException e) {
          faults.add("used, unreadable: " + entry.getKey() + ": " + e);
        }
      }
    }
  }

  private void compare() throws IOException {
    MountedVolume volume = format.read(new KeptDevice(used));
    for (Map.Entry<String, byte[]> entry : expected.entrySet()) {
      Node node = Walk.find(volume, entry.getKey());
      if (node == null) {
        faults.add("used, gone: " + entry.getKey());
      } else if (!Arrays.equals(entry.getValue(), Walk.read(volume, node))) {
        faults.add("used, changed: " + entry.getKey());
      }
    }
    volume.close();
  }

  private String anyFile() {
    List<String> paths = List.copyOf(expected.keySet());
    return paths.isEmpty() ? null : paths.get(random.nextInt(paths.size()));
  }

  private String anyDirectory(MountedVolume volume) throws IOException {
    List<String> paths = new ArrayList<>(List.of(""));
    for (Map.Entry<String, Node> entry : Walk.tree(volume).entrySet()) {
      if (entry.getValue().isDirectory()) {
        paths.add(entry.getKey());
      }
    }
    return paths.get(random.nextInt(paths.size()));
  }

  private void step(MountedVolume volume) throws IOException {
    String path = anyFile();
    try {
      switch (random.nextInt(7)) {
        case 0 -> delete(volume, path);
        case 1 -> rewrite(volume, path, true);
        case 2 -> rewrite(volume, path, false);
        case 3 -> move(volume, path, anyDirectory(volume) + "/moved " + random.nextInt(5));
        case 4 -> move(volume, path, anyFile());
        case 5 -> create(volume, anyDirectory(volume) + "/new " + random.nextInt(9));
        default -> moveDirectory(volume);
      }
    } catch (FileSystemException e) {
      journal.add("refused: " + e);
    }
  }

  private void delete(MountedVolume volume, String path) throws IOException {
    if (path != null) {
      journal.add("delete " + path);
      volume.delete(Walk.find(volume, path));
      expected.remove(path);
    }
  }

  private void rewrite(MountedVolume volume, String path, boolean whole) throws IOException {
    if (path == null) {
      return;
    }
    byte[] bytes = new byte[1 + random.nextInt(MOST_BYTES)];
    random.nextBytes(bytes);
    byte[] before = expected.get(path);
    journal.add((whole ? "rewrite " : "overwrite ") + path);
    try (OpenNode open = volume.open(Walk.find(volume, path))) {
      if (whole) {
        open.truncate(0);
        before = new byte[0];
        expected.put(path, before);
      }
      open.write(0, bytes, 0, bytes.length);
      byte[] after = Arrays.copyOf(before, Math.max(before.length, bytes.length));
      System.arraycopy(bytes, 0, after, 0, bytes.length);
      expected.put(path, after);
    } catch (FileSystemException e) {
      // Full: a part may have been written.
      expected.put(path, Walk.read(volume, path));
      throw e;
    }
  }

  private void create(MountedVolume volume, String path) throws IOException {
    if (Walk.find(volume, path) == null) {
      journal.add("create " + path);
      Node parent = Walk.find(volume, Walk.parent(path));
      volume.create(parent, Walk.name(path), NodeType.FILE, AttributeChange.NONE);
      expected.put(path, new byte[0]);
      rewrite(volume, path, false);
    }
  }

  private void move(MountedVolume volume, String from, String to) throws IOException {
    Node target = from == null || to == null ? null : Walk.find(volume, to);
    if (from != null && to != null && !from.equals(to) && !isDirectory(target)) {
      journal.add("move " + from + " to " + to);
      Node parent = Walk.find(volume, Walk.parent(to));
      volume.move(Walk.find(volume, from), parent, Walk.name(to), true);
      expected.put(to, expected.remove(from));
    }
  }

  private static boolean isDirectory(Node node) {
    return node != null && node.isDirectory();
  }

  private void moveDirectory(MountedVolume volume) throws IOException {
    String from = anyDirectory(volume);
    String to = anyDirectory(volume) + "/directory " + random.nextInt(4);
    if (!from.isEmpty() && !(to + "/").startsWith(from + "/") && Walk.find(volume, to) == null) {
      journal.add("move directory " + from + " to " + to);
      Node parent = Walk.find(volume, Walk.parent(to));
      volume.move(Walk.find(volume, from), parent, Walk.name(to), false);
      for (String path : List.copyOf(expected.keySet())) {
        if (path.startsWith(from + "/")) {
          expected.put(to + path.substring(from.length()), expected.remove(path));
        }
      }
    }
  }

  /** Takes all clusters that are free, so that what was freed wrongly is overwritten. */
  private void fill(MountedVolume volume) throws IOException {
    byte[] bytes = new byte[1 << 14];
    Arrays.fill(bytes, (byte) 0xAA);
    try {
      Node node = volume.create(volume.root(), "filler", NodeType.FILE, AttributeChange.NONE);
      try (OpenNode open = volume.open(node)) {
        for (int size = bytes.length; size >= 512; size /= 2) {
          try {
            while (true) {
              open.append(bytes, 0, size);
            }
          } catch (FileSystemException e) {
            // Full for a piece of this size.
          }
        }
      }
    } catch (FileSystemException e) {
      journal.add("no room for a name: " + e);
    }
  }
}
