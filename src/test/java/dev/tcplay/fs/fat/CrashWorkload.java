package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntSupplier;

/**
 * Random operations on a volume, done on the model too. Every operation is right; what may go wrong
 * is that the volume is full.
 */
final class CrashWorkload {

  private static final int MOST_FILES = 24;
  private static final int MOST_DIRECTORIES = 8;
  private static final int MOST_BYTES = 8000;
  private static final int MOST_AT_ONCE = 3000;
  private static final List<String> NAMES =
      List.of(
          "A%d",
          "LOWER%d.c",
          "lower%d.txt",
          "Mixed%d.Txt",
          "Two Words %d",
          "a rather long name of a file, number %d.text",
          "ünïcödé 日本 \uD83D\uDE00 %d",
          "å%d",
          "more.dots.than.one.%d",
          "%d" + "long".repeat(50));

  private final MountedVolume volume;
  private final CrashModel model;
  private final IntSupplier clock;
  private final Random random;
  private final int forceRate;
  private final Map<CrashItem, OpenNode> open = new LinkedHashMap<>();
  private final List<String> journal = new ArrayList<>();

  /**
   * Prepares a workload.
   *
   * @param clock the number of log entries so far
   */
  CrashWorkload(MountedVolume volume, CrashModel model, IntSupplier clock, Random random) {
    this.volume = volume;
    this.model = model;
    this.clock = clock;
    this.random = random;
    this.forceRate = 1 + random.nextInt(8);
  }

  /** Returns what was done, a line for each operation, with the log entries before it. */
  List<String> journal() {
    return journal;
  }

  void run(int operations) throws IOException {
    for (int i = 0; i < operations; i++) {
      step();
      if (i % 50 == 49) {
        assertSame();
      }
    }
  }

  /** Closes all files and the volume. */
  void close() throws IOException {
    for (OpenNode node : open.values()) {
      node.close();
    }
    open.clear();
    assertSame();
    volume.close();
    model.forceAll(clock.getAsInt());
  }

  private void step() throws IOException {
    int dice = random.nextInt(100);
    if (dice < 14) {
      create(model.present(false).size() < MOST_FILES ? false : random.nextInt(3) == 0);
    } else if (dice < 19) {
      create(true);
    } else if (dice < 40) {
      write();
    } else if (dice < 50) {
      append();
    } else if (dice < 58) {
      truncate();
    } else if (dice < 66) {
      delete(present(false));
    } else if (dice < 70) {
      removeDirectory();
    } else if (dice < 76) {
      move(present(false), false);
    } else if (dice < 81) {
      move(present(false), true);
    } else if (dice < 86) {
      move(present(true), false);
    } else if (dice < 90) {
      change();
    } else if (dice < 92) {
      closeOne();
    } else if (random.nextInt(10) < forceRate) {
      force();
    }
  }

  private void note(int begin, String text) {
    journal.add(begin + ": " + text);
  }

  private CrashItem present(boolean directory) {
    List<CrashItem> items = model.present(directory);
    return items.isEmpty() ? null : items.get(random.nextInt(items.size()));
  }

  private CrashItem anyDirectory() {
    CrashItem directory = random.nextInt(3) == 0 ? model.root : present(true);
    return directory == null ? model.root : directory;
  }

  private String anyName() {
    return NAMES.get(random.nextInt(NAMES.size())).formatted(random.nextInt(3));
  }

  private Node find(CrashItem item) throws IOException {
    if (item == model.root) {
      return volume.root();
    }
    Node node = volume.lookup(find(item.place().parent()), item.place().name());
    assertNotNull(node, () -> item + " is not found\n" + String.join("\n", journal));
    return node;
  }

  private void create(boolean directory) throws IOException {
    CrashItem parent = anyDirectory();
    String name = anyName();
    boolean tooMany = directory && model.present(true).size() >= MOST_DIRECTORIES;
    if (model.child(parent, name) != null || tooMany) {
      return;
    }
    Node node = find(parent);
    int begin = clock.getAsInt();
    try {
      volume.create(
          node, name, directory ? NodeType.DIRECTORY : NodeType.FILE, AttributeChange.NONE);
      CrashItem item = model.add(begin, directory, parent, name);
      note(begin, "create " + item);
    } catch (FileSystemException e) {
      note(begin, "full: " + e);
    }
  }

  /** Returns a handle on a file, which stays open for a while or is closed by {@link #release}. */
  private OpenNode open(CrashItem file) throws IOException {
    OpenNode node = open.get(file);
    return node == null ? volume.open(find(file)) : node;
  }

  private void release(CrashItem file, OpenNode node) throws IOException {
    if (!open.containsKey(file)) {
      if (random.nextInt(3) == 0) {
        open.put(file, node);
      } else {
        note(clock.getAsInt(), "close " + file);
        node.close();
      }
    }
  }

  /** Returns a file, mostly one that has a name. */
  private CrashItem anyFile() {
    if (!open.isEmpty() && random.nextInt(3) == 0) {
      List<CrashItem> files = List.copyOf(open.keySet());
      return files.get(random.nextInt(files.size()));
    }
    return present(false);
  }

  private void write() throws IOException {
    CrashItem file = anyFile();
    if (file != null) {
      int size = file.bytes().length;
      int beyond = random.nextInt(4) == 0 ? random.nextInt(1500) : 0;
      int position = Math.min(MOST_BYTES, random.nextInt(size + 1) + beyond);
      put(file, position, 1 + random.nextInt(MOST_AT_ONCE), false);
    }
  }

  private void append() throws IOException {
    CrashItem file = anyFile();
    if (file != null && file.bytes().length < MOST_BYTES) {
      put(file, file.bytes().length, 1 + random.nextInt(MOST_AT_ONCE / 2), true);
    }
  }

  private void put(CrashItem file, int position, int length, boolean append) throws IOException {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    byte[] result = Arrays.copyOf(file.bytes(), Math.max(file.bytes().length, position + length));
    System.arraycopy(bytes, 0, result, position, length);
    OpenNode node = open(file);
    int begin = clock.getAsInt();
    try {
      if (append) {
        assertEquals(position, node.append(bytes, 0, length));
      } else {
        node.write(position, bytes, 0, length);
      }
      note(begin, "write " + length + " at " + position + " of " + file);
    } catch (FileSystemException e) {
      result = partly(file, node, position, bytes);
      note(begin, "full: write " + length + " at " + position + " of " + file + ": " + e);
    }
    file.change(begin, result);
    release(file, node);
  }

  /** Returns what is in a file of which only a first part was written. */
  private byte[] partly(CrashItem file, OpenNode node, int position, byte[] bytes)
      throws IOException {
    byte[] now = contents(node);
    byte[] before = file.bytes();
    for (int i = 0; i < now.length; i++) {
      byte old = i < before.length ? before[i] : 0;
      boolean isNew = i >= position && i < position + bytes.length && now[i] == bytes[i - position];
      int at = i;
      assertEquals(true, isNew || now[i] == old, () -> "byte " + at + " of " + file);
    }
    assertEquals(true, now.length >= before.length, () -> "shorter: " + file);
    return now;
  }

  private static byte[] contents(OpenNode node) throws IOException {
    byte[] bytes = new byte[(int) node.size()];
    int done = 0;
    while (done < bytes.length) {
      int n = node.read(done, bytes, done, bytes.length - done);
      assertEquals(true, n > 0, "a read inside of the file");
      done += n;
    }
    return bytes;
  }

  private void truncate() throws IOException {
    CrashItem file = anyFile();
    if (file != null && file.bytes().length > 0) {
      int size = random.nextInt(3) == 0 ? 0 : random.nextInt(file.bytes().length);
      OpenNode node = open(file);
      int begin = clock.getAsInt();
      node.truncate(size);
      file.change(begin, Arrays.copyOf(file.bytes(), size));
      note(begin, "truncate to " + size + " " + file);
      release(file, node);
    }
  }

  private void delete(CrashItem item) throws IOException {
    if (item != null) {
      Node node = find(item);
      int begin = clock.getAsInt();
      volume.delete(node);
      note(begin, "delete " + item);
      item.delete(begin, null);
    }
  }

  private void removeDirectory() throws IOException {
    CrashItem directory = present(true);
    if (directory != null && model.children(directory).isEmpty()) {
      delete(directory);
    }
  }

  private void move(CrashItem item, boolean replace) throws IOException {
    if (item == null) {
      return;
    }
    CrashItem parent = random.nextInt(3) == 0 ? item.place().parent() : anyDirectory();
    CrashItem target = replace ? present(false) : null;
    if (target != null) {
      parent = target.place().parent();
    }
    String name = target == null ? anyName() : target.place().name();
    CrashItem there = model.child(parent, name);
    if (parent.isIn(item) || (there != null && there != item && !replace)) {
      return;
    }
    Node node = find(item);
    Node directory = find(parent);
    int begin = clock.getAsInt();
    try {
      Node moved = volume.move(node, directory, name, replace);
      assertEquals(node.id(), moved.id());
      note(begin, "move " + item + " to " + parent + " as " + name);
      if (there != null && there != item) {
        there.delete(begin, item);
      }
      item.move(begin, parent, name);
    } catch (FileSystemException e) {
      note(begin, "full: move " + item + " to " + parent + " as " + name + ": " + e);
    }
  }

  private void change() throws IOException {
    CrashItem item = present(random.nextInt(4) == 0);
    if (item != null) {
      FileTime time = FileTime.fromMillis(1_000_000_000_000L + random.nextInt(1_000_000_000));
      int begin = clock.getAsInt();
      volume.change(
          find(item),
          switch (random.nextInt(4)) {
            case 0 -> AttributeChange.NONE.withHidden(random.nextBoolean());
            case 1 -> AttributeChange.NONE.withArchive(random.nextBoolean());
            case 2 -> AttributeChange.NONE.withTimes(time, null, time);
            default -> AttributeChange.NONE.withSystem(random.nextBoolean());
          });
      note(begin, "change " + item);
    }
  }

  private void closeOne() throws IOException {
    if (!open.isEmpty()) {
      CrashItem file = open.keySet().iterator().next();
      note(clock.getAsInt(), "close " + file);
      open.remove(file).close();
    }
  }

  private void force() throws IOException {
    if (random.nextInt(5) == 0) {
      note(clock.getAsInt(), "force all");
      volume.force();
      model.forceAll(clock.getAsInt());
      return;
    }
    CrashItem file = anyFile();
    if (file != null) {
      OpenNode node = open(file);
      note(clock.getAsInt(), "force " + file);
      node.force();
      model.forceFile(file, clock.getAsInt());
      release(file, node);
    }
  }

  /** Compares the mounted volume with the model. */
  void assertSame() throws IOException {
    Map<String, CrashItem> expected = new TreeMap<>();
    collect(model.root, "", expected);
    Map<String, Node> found = Volumes.tree(volume);
    String done = String.join("\n", journal);
    assertEquals(expected.keySet(), found.keySet(), done);
    for (Map.Entry<String, CrashItem> entry : expected.entrySet()) {
      CrashItem item = entry.getValue();
      Node node = found.get(entry.getKey());
      assertEquals(item.directory, node.isDirectory());
      if (!item.directory) {
        assertArrayEquals(
            item.bytes(), Volumes.read(volume, node), () -> entry.getKey() + "\n" + done);
      }
    }
  }

  private void collect(CrashItem directory, String path, Map<String, CrashItem> all) {
    for (CrashItem item : model.children(directory)) {
      String child = path + "/" + item.place().name();
      all.put(child, item);
      if (item.directory) {
        collect(item, child, all);
      }
    }
  }
}
