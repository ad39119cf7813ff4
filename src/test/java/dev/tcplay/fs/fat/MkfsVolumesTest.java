package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.fs.DosFlags;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Volumes made by mkfs.fat and filled by mtools read as what was put into them. */
class MkfsVolumesTest {

  private static final Instant TIME = Instant.parse("2021-07-03T10:20:30Z");

  @TempDir Path folder;

  /** All types, sector sizes and numbers of FATs, with clusters from 512 bytes to 64 KiB. */
  @ParameterizedTest
  @CsvSource({
    "FAT12,    1440, 12,  512,   1, 2",
    "FAT12,    1440, 12,  512,   2, 1",
    "FAT12,    8192, 12,  512,   8, 3",
    "FAT12,   16000, 12, 1024,  16, 2",
    "FAT12,   32000, 12, 4096,   8, 2",
    "FAT12,   64000, 12,  512, 128, 2",
    "FAT16,   16384, 16,  512,   1, 2",
    "FAT16,   32768, 16,  512,   4, 3",
    "FAT16,   65536, 16, 2048,   4, 1",
    "FAT16,  300000, 16,  512, 128, 2",
    "FAT16,  300000, 16, 4096,  16, 2",
    "FAT32,   40000, 32,  512,   1, 2",
    "FAT32,   70000, 32, 1024,   1, 1",
    "FAT32,  270000, 32,  512,   8, 3",
    "FAT32,  300000, 32, 4096,   1, 2",
    "FAT32, 4400000, 32,  512, 128, 2"
  })
  void everyFileReadsAsItWasGiven(
      String type, String kib, String bits, String sector, String perCluster, String fats)
      throws Exception {
    Path tree = makeTree();
    Path image = mkfs(kib, "-F", bits, "-S", sector, "-s", perCluster, "-f", fats);
    copyInto(image, tree);
    try (MountedVolume volume = Volumes.mount(image)) {
      assertEquals(type, volume.type());
      assertEquals("DEAD-BABE", volume.serial().orElseThrow());
      assertEquals("LABEL X", volume.label().orElseThrow());
      assertEquals(List.of(), volume.warnings());
      assertEquals(
          Integer.parseInt(sector) * Integer.parseInt(perCluster), volume.space().blockSize());
      assertSameTree(tree, volume);
      if (Files.size(image) < 1 << 30) { // beyond, it takes very long
        assertListedBySleuthkit(image, volume, sector);
      }
      if (!fats.equals("3")) { // which fsck.fat does not support
        assertFreeSpaceAsCheckedByFsck(image, volume);
      }
    }
  }

  @Test
  void aDirectoryOfFiveThousandFilesIsRead() throws Exception {
    Path many = Files.createDirectories(folder.resolve("tree/many"));
    for (int i = 0; i < 5000; i++) {
      Files.writeString(many.resolve("F" + i + ".TXT"), "number " + i);
    }
    Path image = mkfs("60000", "-F", "32", "-s", "1");
    copyInto(image, many.getParent());
    try (MountedVolume volume = Volumes.mount(image)) {
      assertSameTree(many.getParent(), volume);
    }
  }

  @Test
  void deepDirectoriesAreEntered() throws Exception {
    Path deepest = folder.resolve("tree");
    for (int i = 0; i < 60; i++) {
      deepest = deepest.resolve("level " + i);
    }
    Files.writeString(Files.createDirectories(deepest).resolve("bottom.txt"), "down here");
    Path image = mkfs("8192", "-F", "12", "-s", "8");
    copyInto(image, folder.resolve("tree"));
    try (MountedVolume volume = Volumes.mount(image)) {
      assertSameTree(folder.resolve("tree"), volume);
    }
  }

  @Test
  void attributesAreThoseThatWereSet() throws Exception {
    Path tree = Files.createDirectories(folder.resolve("tree"));
    for (String name : List.of("r.txt", "h.txt", "s.txt", "a.txt", "none.txt")) {
      Files.writeString(tree.resolve(name), name);
    }
    Path image = mkfs("1440");
    copyInto(image, tree);
    run("mattrib", "-i", image.toString(), "+r", "-a", "::/r.txt");
    run("mattrib", "-i", image.toString(), "+h", "-a", "::/h.txt");
    run("mattrib", "-i", image.toString(), "+s", "-a", "::/s.txt");
    run("mattrib", "-i", image.toString(), "-a", "::/none.txt");
    try (MountedVolume volume = Volumes.mount(image)) {
      assertEquals("r", flags(volume, "r.txt"));
      assertEquals("h", flags(volume, "h.txt"));
      assertEquals("s", flags(volume, "s.txt"));
      assertEquals("a", flags(volume, "a.txt"));
      assertEquals("", flags(volume, "none.txt"));
    }
  }

  private static String flags(MountedVolume volume, String path) throws IOException {
    DosFlags dos = volume.attributes(Walk.find(volume, path)).dos().orElseThrow();
    return (dos.isReadOnly() ? "r" : "")
        + (dos.isHidden() ? "h" : "")
        + (dos.isSystem() ? "s" : "")
        + (dos.isArchive() ? "a" : "");
  }

  /** Names of all kinds, and sizes around those of clusters. */
  private Path makeTree() throws IOException {
    Path tree = Files.createDirectories(folder.resolve("tree"));
    Files.createDirectories(tree.resolve("Sub directory/empty"));
    Files.createDirectories(tree.resolve("UPPER/lower/Mixed"));
    Random random = new Random(1);
    int number = 0;
    for (String name :
        List.of(
            "UPPER.TXT",
            "lower.txt",
            "base.TXT",
            "EXT.txt",
            "Mixed.Txt",
            "no extension",
            "NOEXT",
            "two.dots.tar.gz",
            ".hidden",
            "plus+comma,equals=[brackets];",
            " leading space",
            "Grüße aus Köln.txt",
            "ΑΒΓ αβγ.txt",
            "日本語の名前.txt",
            "Ещё файл.док",
            "exactly13char",
            "a".repeat(255),
            "Sub directory/inside.bin",
            "UPPER/lower/Mixed/deep.bin")) {
      int[] sizes = {0, 1, 511, 512, 513, 4096, 20_000, 65_536, 70_000};
      byte[] bytes = new byte[sizes[number % sizes.length]];
      random.nextBytes(bytes);
      Path file = Files.write(tree.resolve(name), bytes);
      Files.setLastModifiedTime(file, FileTime.from(TIME.plusSeconds(86_460L * number)));
      number++;
    }
    return tree;
  }

  private Path mkfs(String kib, String... options) throws Exception {
    Path image = folder.resolve("volume.img");
    List<String> command = new ArrayList<>(List.of("mkfs.fat", "-C", "-i", "deadbabe"));
    command.addAll(List.of("-n", "LABEL X"));
    command.addAll(List.of(options));
    command.addAll(List.of(image.toString(), kib));
    run(command.toArray(String[]::new));
    return image;
  }

  private static void copyInto(Path image, Path tree) throws Exception {
    List<String> command = new ArrayList<>(List.of("mcopy", "-s", "-m", "-Q", "-i"));
    command.add(image.toString());
    try (Stream<Path> children = Files.list(tree)) {
      children.map(Path::toString).forEach(command::add);
    }
    command.add("::/");
    run(command.toArray(String[]::new));
  }

  private static String run(String... command) throws Exception {
    Judge.Verdict verdict = Judge.run(command);
    assertEquals(0, verdict.status(), verdict.output());
    return verdict.output();
  }

  private static void assertSameTree(Path tree, MountedVolume volume) throws IOException {
    Map<String, Path> expected = new TreeMap<>();
    try (Stream<Path> files = Files.walk(tree).skip(1)) {
      files.forEach(file -> expected.put("/" + tree.relativize(file), file));
    }
    Map<String, Node> actual = Walk.tree(volume);
    assertEquals(expected.keySet(), actual.keySet());
    for (Map.Entry<String, Path> entry : expected.entrySet()) {
      Path file = entry.getValue();
      Node node = actual.get(entry.getKey());
      assertEquals(node.id(), Walk.find(volume, entry.getKey()).id());
      assertEquals(Files.isDirectory(file), node.isDirectory(), entry.getKey());
      NodeAttributes attributes = volume.attributes(node);
      assertEquals(node.type(), attributes.type());
      if (!node.isDirectory()) {
        assertEquals(Files.size(file), attributes.size(), entry.getKey());
        assertArrayEquals(Files.readAllBytes(file), Walk.read(volume, node), entry.getKey());
        long seconds = Files.getLastModifiedTime(file).toInstant().getEpochSecond();
        assertEquals(
            FileTime.from(Instant.ofEpochSecond(seconds & -2)),
            attributes.modified().orElseThrow(),
            entry.getKey());
      }
    }
  }

  private static long clusters(MountedVolume volume) throws IOException {
    return volume.space().totalBytes() / volume.space().blockSize();
  }

  /** Sleuthkit prints a line for every entry; it cuts very long names. */
  private static void assertListedBySleuthkit(Path image, MountedVolume volume, String sector)
      throws Exception {
    String listing = run("fls", "-r", "-p", "-u", "-b", sector, image.toString());
    TreeSet<String> expected = new TreeSet<>();
    Pattern line = Pattern.compile("[rd]/[rd] \\d+:\t(.*)");
    listing
        .lines()
        .map(line::matcher)
        .filter(found -> found.matches() && !found.group(1).endsWith("(Volume Label Entry)"))
        .forEach(found -> expected.add("/" + found.group(1)));
    TreeSet<String> actual = new TreeSet<>(Walk.tree(volume).keySet());
    assertEquals(expected.size(), actual.size());
    expected.removeIf(path -> path.length() > 100);
    actual.removeIf(path -> path.length() > 100);
    assertEquals(expected, actual);
  }

  private static void assertFreeSpaceAsCheckedByFsck(Path image, MountedVolume volume)
      throws Exception {
    String checked = run("fsck.fat", "-n", image.toString());
    long used = clusters(volume) - volume.space().freeBytes() / volume.space().blockSize();
    assertEquals(
        used + "/" + clusters(volume) + " clusters",
        checked.strip().replaceFirst("(?s).* (\\d+/\\d+ clusters)$", "$1"));
  }
}
