package dev.tcplay.fs.crash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
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
          "%d" + "long".repeat(50),
          "%d" + "longest".repeat(35));

  private final MountedVolume volume;
  private final CrashModel model;
  private final IntSupplier clock;
  private final Random random;
  private final int forceRate;
  private final CrashFiles files;
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
    this.files = new CrashFiles(this, volume, model, clock, random);
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
    files.closeAll();
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
      files.write();
    } else if (dice < 50) {
      files.append();
    } else if (dice < 58) {
      files.truncate();
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
      files.closeOne();
    } else if (random.nextInt(10) < forceRate) {
      force();
    }
  }

  void note(int begin, String text) {
    journal.add(begin + ": " + text);
  }

  CrashItem present(boolean directory) {
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

  Node find(CrashItem item) throws IOException {
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

  private void force() throws IOException {
    if (random.nextInt(5) == 0) {
      note(clock.getAsInt(), "force all");
      volume.force();
      model.forceAll(clock.getAsInt());
      return;
    }
    files.force();
  }

  /** Compares the mounted volume with the model. */
  void assertSame() throws IOException {
    Map<String, CrashItem> expected = new TreeMap<>();
    collect(model.root, "", expected);
    Map<String, Node> found = Walk.tree(volume);
    String done = String.join("\n", journal);
    assertEquals(expected.keySet(), found.keySet(), done);
    for (Map.Entry<String, CrashItem> entry : expected.entrySet()) {
      CrashItem item = entry.getValue();
      Node node = found.get(entry.getKey());
      assertEquals(item.directory, node.isDirectory());
      if (!item.directory) {
        assertArrayEquals(
            item.bytes(), Walk.read(volume, node), () -> entry.getKey() + "\n" + done);
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
