package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.LoopDevice;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Exfat-fuse and we change the same volume of mkfs.exfat in turns. After each turn both see the
 * same names, bytes, sizes and times, and fsck.exfat and our check have nothing against the volume.
 * The system property {@code tcplay.cross.turns} sets how many turns there are.
 */
class ExFatCrossReadingTest {

  private static final int TURNS = Integer.getInteger("tcplay.cross.turns", 4);
  private static final int CHANGES = 25;

  /** No set has more than 17 entries: one over three clusters is wrong to fsck.exfat 1.2.0. */
  private static final List<String> NAMES =
      List.of(
          "UPPER%d.TXT",
          "Mixed%d.Case",
          "a long name, number %d.text",
          "ünïcode 日本 \uD83D\uDE00 %d",
          "%d.many.dots.in.a.name",
          "%d + [brackets] = ;,",
          "%d of a name in two sectors" + "!".repeat(190));

  private static final List<String> DIRECTORIES = List.of("", "one/", "one/two words/");

  /** What is in a file, and its time in seconds. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by its words.
  private record Contents(byte[] bytes, long modified) {

    @Override
    public String toString() {
      return "%d bytes %08X of %d".formatted(bytes.length, Arrays.hashCode(bytes), modified);
    }
  }

  @TempDir Path folder;
  private final Map<String, Contents> expected = new TreeMap<>();
  private Random random;
  private Path image;

  /** Changes or reads a tree. */
  private interface Turn {
    void at(Path root) throws IOException;
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 4096, 65536})
  void bothSidesChangeOneVolumeInTurns(int clusterSize) throws Exception {
    random = new Random(Seeds.of("bothSidesChangeOneVolumeInTurns exFAT " + clusterSize));
    image = folder.resolve("volume.img");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(40 << 20);
    }
    run("mkfs.exfat", "-c", Integer.toString(clusterSize), image.toString());
    byUs(root -> Files.createDirectories(root.resolve("one/two words")));
    for (int turn = 0; turn < TURNS; turn++) {
      boolean ours = turn % 2 == 0;
      if (ours) {
        byUs(this::change);
      } else {
        byFuse(this::change);
      }
      judge("turn " + turn);
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Judge.Verdict verdict = Judge.run(command);
    assertEquals(0, verdict.status(), () -> List.of(command) + ": " + verdict.output());
  }

  private void byUs(Turn turn) throws IOException {
    try (FileSystem volume = Tcplay.open(image).format("plain").zone(ZoneOffset.UTC).mount()) {
      turn.at(volume.getPath("/"));
    }
  }

  /** Mounts the volume as its users do; skipped where nobody may. */
  private void byFuse(Turn turn) throws IOException, InterruptedException {
    assumeTrue(Files.isWritable(Path.of("/dev/fuse")), "/dev/fuse is missing");
    Path root = Files.createDirectories(folder.resolve("mounted"));
    try (LoopDevice device = LoopDevice.of(image)) {
      Judge.Verdict mount =
          Judge.run("mount.exfat-fuse", device.node().toString(), root.toString());
      assumeTrue(mount.status() == 0, () -> "nothing can be mounted here: " + mount.output());
      try {
        turn.at(root);
      } finally {
        unmount(root);
        device.flush();
      }
    }
  }

  /** Another test's process that has just begun may still have our open files. */
  private static void unmount(Path root) throws IOException, InterruptedException {
    Judge.Verdict verdict = Judge.run("umount", root.toString());
    for (int i = 0; i < 100 && verdict.output().contains("busy"); i++) {
      Thread.sleep(100);
      verdict = Judge.run("umount", root.toString());
    }
    assertEquals(0, verdict.status(), verdict.output());
  }

  private String newPath() {
    String directory = DIRECTORIES.get(random.nextInt(DIRECTORIES.size()));
    return directory + NAMES.get(random.nextInt(NAMES.size())).formatted(random.nextInt(3));
  }

  private String oldPath() {
    List<String> paths = List.copyOf(expected.keySet());
    return paths.get(random.nextInt(paths.size()));
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(random.nextInt(8) == 0 ? 300_000 : 12_000)];
    random.nextBytes(bytes);
    return bytes;
  }

  private void change(Path root) throws IOException {
    for (int i = 0; i < CHANGES; i++) {
      String path = newPath();
      if (!expected.containsKey(path)) {
        byte[] bytes = bytes();
        Files.write(root.resolve(path), bytes, StandardOpenOption.CREATE_NEW);
        stamp(root, path, bytes);
      }
      changeOld(root, oldPath(), newPath());
    }
  }

  private void changeOld(Path root, String path, String other) throws IOException {
    Path file = root.resolve(path);
    byte[] before = expected.get(path).bytes;
    switch (random.nextInt(6)) {
      case 0 -> write(root, path, before.length, bytes());
      case 1 -> write(root, path, random.nextInt(before.length + 3000), bytes());
      case 2 -> {
        int size = random.nextInt(before.length + 1);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(size);
        }
        stamp(root, path, Arrays.copyOf(before, size));
      }
      case 3 -> {
        if (!expected.containsKey(other)) {
          Files.move(file, root.resolve(other));
          expected.put(other, expected.remove(path));
        }
      }
      case 4 -> {
        byte[] bytes = bytes();
        Files.write(file, bytes);
        stamp(root, path, bytes);
      }
      default -> {
        Files.delete(file);
        expected.remove(path);
      }
    }
  }

  private void write(Path root, String path, int position, byte[] bytes) throws IOException {
    byte[] before = expected.get(path).bytes;
    byte[] after = before;
    if (bytes.length > 0) {
      after = Arrays.copyOf(before, Math.max(before.length, position + bytes.length));
      System.arraycopy(bytes, 0, after, position, bytes.length);
    }
    try (FileChannel channel = FileChannel.open(root.resolve(path), StandardOpenOption.WRITE)) {
      assertEquals(bytes.length, channel.write(ByteBuffer.wrap(bytes), position));
    }
    stamp(root, path, after);
  }

  /** Gives a file a time, of any second. */
  private void stamp(Path root, String path, byte[] bytes) throws IOException {
    long time = 800_000_000L + random.nextInt(600_000_000);
    Files.setLastModifiedTime(root.resolve(path), FileTime.fromMillis(time * 1000));
    expected.put(path, new Contents(bytes, time));
  }

  private void judge(String turn) throws Exception {
    Judge.Verdict fsck = Judge.run("fsck.exfat", "-n", image.toString());
    assertTrue(
        fsck.status() == 0 && fsck.output().contains(": clean."),
        () -> turn + ": " + fsck.output());
    Map<String, String> wanted = new TreeMap<>();
    expected.forEach((path, contents) -> wanted.put(path, contents.toString()));
    byUs(root -> assertEquals(wanted, read(root), turn + ", by us"));
    byFuse(root -> assertEquals(wanted, read(root), turn + ", by exfat-fuse"));
    List<String> findings = new ArrayList<>();
    Tcplay.open(image).format("plain").check(finding -> findings.add(finding.toString()));
    assertEquals(List.of(), findings, turn);
  }

  /** Returns what is in each file, by the path below the root. */
  private static Map<String, String> read(Path root) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        long modified = Files.getLastModifiedTime(path).toMillis() / 1000;
        Contents contents = new Contents(Files.readAllBytes(path), modified);
        found.put(root.relativize(path).toString(), contents.toString());
      }
    }
    return found;
  }
}
