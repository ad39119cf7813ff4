package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.DosFlags;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.Seeds;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Mtools and we change the same volume in turns. After each turn mtools, sleuthkit and we see the
 * same names, bytes, times and attributes, and fsck.fat has nothing against the volume.
 */
class CrossReadingTest {

  private static final int TURNS = Integer.getInteger("tcplay.cross.turns", 4);
  private static final int CHANGES = 12;
  private static final List<String> NAMES =
      List.of(
          "UPPER%d.TXT",
          "lower%d.txt",
          "Mixed%d.Case",
          "a long name, number %d.text",
          "ünïcode 日本 %d",
          "no extension %d",
          "%d.many.dots.in.a.name",
          "%d + [brackets] = ;,");
  private static final List<String> DIRECTORIES = List.of("/", "/one/", "/one/two words/");

  @TempDir Path folder;
  private final Map<String, Foreign.Entry> expected = new TreeMap<>();
  private Random random;
  private Foreign foreign;
  private Path image;

  @ParameterizedTest
  @CsvSource({"FAT12, 2000", "FAT16, 10000", "FAT32, 40000"})
  void bothSidesChangeOneVolumeInTurns(String type, int kib) throws Exception {
    random = new Random(Seeds.of("bothSidesChangeOneVolumeInTurns " + type));
    image = folder.resolve("volume.img");
    foreign = new Foreign(image, folder);
    format(type, kib);
    for (int turn = 0; turn < TURNS; turn++) {
      if (turn % 2 == 0) {
        changeByUs();
      } else {
        changeByMtools();
      }
      judge("turn " + turn);
    }
  }

  private void format(String type, int kib) throws IOException {
    WritableVolumes.format(image, type, kib);
    try (MountedVolume volume = WritableVolumes.mount(image)) {
      Node one = volume.create(volume.root(), "one", NodeType.DIRECTORY, AttributeChange.NONE);
      volume.create(one, "two words", NodeType.DIRECTORY, AttributeChange.NONE);
    }
  }

  private String newPath() {
    String directory = DIRECTORIES.get(random.nextInt(DIRECTORIES.size()));
    return directory + NAMES.get(random.nextInt(NAMES.size())).formatted(random.nextInt(4));
  }

  private String oldPath() {
    List<String> paths = List.copyOf(expected.keySet());
    return paths.isEmpty() ? null : paths.get(random.nextInt(paths.size()));
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(12_000)];
    random.nextBytes(bytes);
    return bytes;
  }

  private long time() {
    return 2L * (400_000_000 + random.nextInt(300_000_000));
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private void changeByUs() throws IOException {
    try (MountedVolume volume = WritableVolumes.mount(image)) {
      for (int i = 0; i < CHANGES; i++) {
        String path = newPath();
        String old = oldPath();
        if (old == null || (random.nextInt(3) == 0 && !expected.containsKey(path))) {
          Node made =
              volume.create(
                  Walk.find(volume, parent(path)), name(path), NodeType.FILE, AttributeChange.NONE);
          write(volume, made, path, bytes(), 0);
          continue;
        }
        Node node = Walk.find(volume, old);
        Foreign.Entry entry = expected.get(old);
        switch (random.nextInt(5)) {
          case 0 -> write(volume, node, old, bytes(), entry.bytes().length);
          case 1 -> write(volume, node, old, bytes(), random.nextInt(entry.bytes().length + 1));
          case 2 -> {
            int size = random.nextInt(entry.bytes().length + 1);
            try (OpenNode open = volume.open(node)) {
              open.truncate(size);
            }
            stamp(volume, node, old, Arrays.copyOf(entry.bytes(), size));
          }
          case 3 -> {
            if (!expected.containsKey(path)) {
              volume.move(node, Walk.find(volume, parent(path)), name(path), false);
              expected.put(path, expected.remove(old));
            }
          }
          default -> {
            if (random.nextBoolean()) {
              volume.delete(node);
              expected.remove(old);
            }
          }
        }
      }
    }
  }

  private void write(MountedVolume volume, Node node, String path, byte[] bytes, int position)
      throws IOException {
    byte[] before = position == 0 ? new byte[0] : expected.get(path).bytes();
    byte[] after = Arrays.copyOf(before, Math.max(before.length, position + bytes.length));
    System.arraycopy(bytes, 0, after, position, bytes.length);
    try (OpenNode open = volume.open(node)) {
      if (position == 0) {
        open.truncate(0);
      }
      open.write(position, bytes, 0, bytes.length);
    }
    stamp(volume, node, path, after);
  }

  /** Gives a file a time and attributes. */
  private void stamp(MountedVolume volume, Node node, String path, byte[] bytes)
      throws IOException {
    long time = time();
    boolean hidden = random.nextBoolean();
    boolean system = random.nextBoolean();
    FileTime fileTime = FileTime.fromMillis(time * 1000 + random.nextInt(2000));
    volume.change(
        node,
        AttributeChange.NONE.withTimes(fileTime, null, null).withHidden(hidden).withSystem(system));
    expected.put(path, new Foreign.Entry(bytes, time, (hidden ? "h" : "") + (system ? "s" : "")));
  }

  private void changeByMtools() throws Exception {
    for (int i = 0; i < CHANGES; i++) {
      String path = newPath();
      String old = oldPath();
      if (old == null || (random.nextInt(3) == 0 && !expected.containsKey(path))) {
        byte[] bytes = bytes();
        long time = time();
        foreign.write(path, bytes, time);
        expected.put(path, new Foreign.Entry(bytes, time, ""));
        continue;
      }
      Foreign.Entry entry = expected.get(old);
      switch (random.nextInt(4)) {
        case 0 -> {
          // Mmove does not touch the bits that say that a short name is in lower case.
          boolean isLower = name(path).startsWith("lower") || name(old).startsWith("lower");
          if (!expected.containsKey(path) && !isLower) {
            foreign.run("mmove", "::" + escaped(old), "::" + path);
            expected.put(path, expected.remove(old));
          }
        }
        case 1 -> {
          foreign.run("mdel", "::" + escaped(old));
          expected.remove(old);
        }
        case 2 -> {
          foreign.run("mattrib", "+h", "-s", "::" + escaped(old));
          expected.put(old, new Foreign.Entry(entry.bytes(), entry.modified(), "h"));
        }
        default -> {
          byte[] bytes = bytes();
          foreign.run("mdel", "::" + escaped(old));
          foreign.write(old, bytes, entry.modified());
          expected.put(old, new Foreign.Entry(bytes, entry.modified(), ""));
        }
      }
    }
  }

  /** Brackets are patterns to mtools. */
  private static String escaped(String path) {
    return path.replace("[", "\\[").replace("]", "\\]");
  }

  private void judge(String turn) throws Exception {
    foreign.assertFsckIsContent();
    Map<String, String> wanted = new TreeMap<>();
    Map<String, String> wantedFlags = new TreeMap<>();
    expected.forEach(
        (path, entry) -> {
          wanted.put(path, entry.picture());
          wantedFlags.put(path, entry.flags());
        });
    Map<String, String> theirs = new TreeMap<>();
    Map<String, String> theirFlags = new TreeMap<>();
    foreign
        .readByMtools()
        .forEach(
            (path, entry) -> {
              theirs.put(path, entry.picture());
              theirFlags.put(path, entry.flags());
            });
    assertEquals(wanted, theirs, turn + ", by mtools");
    assertEquals(wantedFlags, theirFlags, turn + ", by mtools");
    assertEquals(wanted, foreign.readBySleuthkit(), turn + ", by sleuthkit");
    assertReadByUs(wanted, wantedFlags, turn);
  }

  private void assertReadByUs(
      Map<String, String> wanted, Map<String, String> wantedFlags, String turn) throws IOException {
    Map<String, String> ours = new TreeMap<>();
    Map<String, String> flags = new TreeMap<>();
    TreeSet<String> directories = new TreeSet<>();
    try (MountedVolume volume = Volumes.mount(image)) {
      for (Map.Entry<String, Node> file : Walk.tree(volume).entrySet()) {
        NodeAttributes attributes = volume.attributes(file.getValue());
        if (attributes.type() == NodeType.DIRECTORY) {
          directories.add(file.getKey() + "/");
          continue;
        }
        byte[] bytes = Walk.read(volume, file.getValue());
        long modified = attributes.modified().orElseThrow().toMillis() / 1000;
        DosFlags dos = attributes.dos().orElseThrow();
        String set =
            (dos.isReadOnly() ? "r" : "")
                + (dos.isHidden() ? "h" : "")
                + (dos.isSystem() ? "s" : "");
        ours.put(file.getKey(), new Foreign.Entry(bytes, modified, set).picture());
        flags.put(file.getKey(), set);
      }
    }
    assertEquals(wanted, ours, turn + ", by us");
    assertEquals(wantedFlags, flags, turn + ", by us");
    assertEquals(new TreeSet<>(DIRECTORIES.subList(1, 3)), directories);
  }
}
