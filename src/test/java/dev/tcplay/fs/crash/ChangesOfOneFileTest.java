package dev.tcplay.fs.crash;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.LogWritesDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.SnapshotDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.CrashImage;
import dev.tcplay.testing.KeptDevice;
import dev.tcplay.testing.TypedVolumes;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A file that is moved and changed several times before anything of that is on the disk is there
 * after a power cut, and only one name leads to its clusters: after every order of changes, and
 * with every set of sectors that a cut can leave of a group. The system property {@code
 * tcplay.crash.changes} sets how many changes there are in a row, of which all orders are tried; a
 * build tries two moves and one change.
 */
class ChangesOfOneFileTest {

  private static final int CHANGES = Integer.getInteger("tcplay.crash.changes", 0);

  /** Of so many sectors all subsets are tried; of more, which are mostly contents, some. */
  private static final int MOST_SECTORS = 5;

  private static final int SUBSETS = 8;
  private static final byte MARK = 0x77;
  private static final int DIRECTORIES = 3;
  private static final int TARGETS = 3;

  private enum Step {
    MOVE,
    RENAME,
    REPLACE_NEAR,
    REPLACE_FAR,
    HIDE,
    DATE,
    GROW,
    CUT,
    WRITE_ANEW
  }

  private static final Set<Step> MOVES = EnumSet.of(Step.MOVE, Step.REPLACE_NEAR, Step.REPLACE_FAR);

  private static final Set<Step> LAST_OF_THREE =
      EnumSet.of(Step.MOVE, Step.REPLACE_FAR, Step.HIDE, Step.GROW);

  /** A file on a volume, and where it is now. */
  private static final class Subject {

    private final MountedVolume volume;
    private int directory;
    private int targets;
    private int names;
    private String name = "FILE";

    Subject(MountedVolume volume) {
      this.volume = volume;
    }

    private String path() {
      return "/dir" + directory + "/" + name;
    }

    void change(Step step) throws IOException {
      switch (step) {
        case MOVE -> move(directory + 1, "N" + names++);
        case RENAME -> move(directory, "a longer name " + names++);
        case REPLACE_NEAR -> move(directory, "T" + targets++);
        case REPLACE_FAR -> move(directory + 1, "T" + targets++);
        case HIDE -> change(AttributeChange.NONE.withHidden(true));
        case DATE ->
            change(AttributeChange.NONE.withTimes(null, null, FileTime.fromMillis(1L << 40)));
        case GROW -> write(5000 + 3000 * names++, false);
        case CUT -> write(1000, true);
        case WRITE_ANEW -> writeAnew();
      }
    }

    private void move(int to, String newName) throws IOException {
      int target = to % DIRECTORIES;
      volume.move(Walk.find(volume, path()), Walk.find(volume, "/dir" + target), newName, true);
      directory = target;
      name = newName;
    }

    private void change(AttributeChange change) throws IOException {
      volume.change(Walk.find(volume, path()), change);
    }

    private void write(int size, boolean cut) throws IOException {
      try (OpenNode open = volume.open(Walk.find(volume, path()))) {
        if (cut) {
          open.truncate(size);
        } else {
          byte[] bytes = new byte[size];
          Arrays.fill(bytes, MARK);
          open.append(bytes, 0, size);
        }
      }
    }

    private void writeAnew() throws IOException {
      byte[] bytes = new byte[700];
      Arrays.fill(bytes, MARK);
      try (OpenNode open = volume.open(Walk.find(volume, path()))) {
        open.truncate(0);
        open.write(0, bytes, 0, bytes.length);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "exFAT"})
  void noTwoNamesLeadToItsClustersWhereverACutFalls(String type) throws Exception {
    byte[] start = start(type);
    if (CHANGES > 0) {
      tryAll(start, List.of(), CHANGES);
      return;
    }
    for (Step first : MOVES) {
      for (Step second : MOVES) {
        for (Step third : LAST_OF_THREE) {
          tryOne(start, List.of(first, second, third));
        }
      }
    }
  }

  private static void tryAll(byte[] start, List<Step> before, int more) throws IOException {
    if (more == 0) {
      tryOne(start, before);
      return;
    }
    for (Step step : Step.values()) {
      List<Step> steps = new ArrayList<>(before);
      steps.add(step);
      tryAll(start, steps, more - 1);
    }
  }

  private static byte[] start(String type) throws IOException {
    MemoryDevice disk = new MemoryDevice(TypedVolumes.smallest(type));
    TypedVolumes.format(disk, type);
    MountedVolume volume = TypedVolumes.mount(disk);
    for (int i = 0; i < DIRECTORIES; i++) {
      Node directory =
          volume.create(volume.root(), "dir" + i, NodeType.DIRECTORY, AttributeChange.NONE);
      if (i == 0) {
        make(volume, directory, "FILE", 3000, MARK);
      }
      for (int j = 0; j < TARGETS; j++) {
        make(volume, directory, "T" + j, 600, (byte) 1);
      }
      // What lies in one page is committed together.
      make(volume, volume.root(), "apart" + i, 9000, (byte) 1);
    }
    volume.close();
    byte[] bytes = new byte[(int) disk.size()];
    disk.read(0, bytes, 0, bytes.length);
    return bytes;
  }

  private static void make(MountedVolume volume, Node parent, String name, int size, byte value)
      throws IOException {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, value);
    try (OpenNode open =
        volume.open(volume.create(parent, name, NodeType.FILE, AttributeChange.NONE))) {
      open.write(0, bytes, 0, size);
    }
  }

  private static void tryOne(byte[] start, List<Step> steps) throws IOException {
    MemoryDevice host = new MemoryDevice(start.length);
    host.write(0, start, 0, start.length);
    LogWritesDevice log = new LogWritesDevice(host);
    MountedVolume volume =
        TypedVolumes.driver(host)
            .mount(new CachedDevice(log, 1 << 20, Duration.ZERO), TypedVolumes.OPTIONS);
    Subject subject = new Subject(volume);
    for (Step step : steps) {
      subject.change(step);
    }
    volume.force();
    CrashImage image = new CrashImage(start.clone());
    int from = 0;
    while (from < log.entries()) {
      int to = from;
      while (to < log.entries() && !log.isFlush(to)) {
        to++;
      }
      image.keep();
      for (BitSet subset : subsets(log, from, to)) {
        int[] next = {0};
        log.replay(from, to, image, (entry, sector) -> subset.get(next[0]++));
        judge(image, steps);
        image.goBack();
      }
      log.replay(from, to, image);
      judge(image, steps);
      from = to + 1;
    }
    volume.close();
  }

  /** Returns all subsets of the sectors of a group, or many if it has many sectors. */
  private static List<BitSet> subsets(LogWritesDevice log, int from, int to) throws IOException {
    int[] sectors = {0};
    log.replay(from, to, new MemoryDevice(0), (entry, sector) -> sectors[0]++ < 0);
    List<BitSet> subsets = new ArrayList<>();
    if (sectors[0] <= MOST_SECTORS) {
      for (long bits = 0; bits < 1L << sectors[0]; bits++) {
        subsets.add(BitSet.valueOf(new long[] {bits}));
      }
      return subsets;
    }
    Random random = new Random(sectors[0]);
    for (int i = 0; i < SUBSETS; i++) {
      BitSet subset = new BitSet();
      for (int sector = 0; sector < sectors[0]; sector++) {
        subset.set(sector, random.nextBoolean());
      }
      subsets.add(subset);
    }
    return subsets;
  }

  private static void judge(CrashImage image, List<Step> steps) throws IOException {
    SnapshotDevice copy = SnapshotDevice.inMemory(new KeptDevice(image));
    MountedVolume volume = TypedVolumes.mount(copy);
    List<String> warnings = volume.warnings();
    assertTrue(
        warnings.stream().noneMatch(text -> text.contains("share clusters")),
        () -> steps + ": " + warnings);
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, Node> entry : Walk.tree(volume).entrySet()) {
      if (!entry.getValue().isDirectory()) {
        byte[] bytes = Walk.read(volume, entry.getValue());
        if (bytes.length > 0 && bytes[0] == MARK) {
          names.add(entry.getKey());
        }
      }
    }
    assertFalse(names.isEmpty(), () -> steps + ": the file is gone, " + warnings);
    volume.close();
  }
}
