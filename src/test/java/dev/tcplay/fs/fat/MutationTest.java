package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever bytes a volume has, reading it ends, and with nothing worse than an IOException. The
 * system property {@code tcplay.fuzz.mutants} sets how many mutants of each type are tried.
 */
class MutationTest {

  private static final int MUTANTS = Integer.getInteger("tcplay.fuzz.mutants", 400);
  private static final MountOptions NAMED =
      MountOptions.DEFAULT
          .withReadOnly(true)
          .withNamed(true)
          .withZone(Volumes.OPTIONS.zone())
          .withCodePage(Volumes.OPTIONS.codePage());

  /** Far above what one operation on a sound volume of this size reads. */
  private static final int MAX_READS_PER_OPERATION = 40_000;

  private static final int MAX_NODES = 2000;
  private static final int MAX_BYTES_PER_FILE = 1 << 16;

  @ParameterizedTest
  @EnumSource(FatType.class)
  void mutantsAreReadOrRefused(FatType type) throws IOException {
    Random random = new Random(Seeds.of("mutantsAreReadOrRefused " + type));
    byte[] sound = soundVolume(type);
    int mounted = 0;
    for (int mutant = 0; mutant < MUTANTS; mutant++) {
      byte[] bytes = sound.clone();
      long seed = random.nextLong();
      mutate(bytes, type, new Random(seed));
      MemoryDevice device = new MemoryDevice(bytes.length);
      device.write(0, bytes, 0, bytes.length);
      try {
        mounted += new Reader(device, new Random(seed)).readAll() ? 1 : 0;
      } catch (RuntimeException | Error e) {
        throw new AssertionError(type + " mutant " + mutant + " of seed " + seed, e);
      }
    }
    int least = MUTANTS / 2;
    int count = mounted;
    assertTrue(count >= least, () -> "only " + count + " mutants were mounted");
  }

  /** Files, directories three deep, long names, chains that wind about. */
  static byte[] soundVolume(FatType type) throws IOException {
    FatImage image = new FatImage(type);
    image.add(0, "LABEL      ", 0x08, 0, 0);
    int parent = 0;
    int cluster = 10;
    for (int level = 0; level < 3; level++) {
      for (int i = 0; i < 3; i++) {
        image.chain(cluster, cluster + 2, cluster + 1, cluster + 3);
        String raw = String.format("FILE%d%d  TXT", level, i);
        image.addLong(parent, "a longer name " + level + i, raw, 0x20, cluster, 1900);
        cluster += 4;
      }
      image.addDirectory(parent, String.format("DIR%d       ", level), cluster);
      parent = cluster;
      cluster++;
    }
    byte[] bytes = new byte[(int) image.device.size()];
    image.device.read(0, bytes, 0, bytes.length);
    return bytes;
  }

  /** Changes a few bytes where they matter: boot sector, table, directories. */
  static void mutate(byte[] bytes, FatType type, Random random) throws IOException {
    FatImage places = new FatImage(type);
    int fat = (int) places.fatPosition();
    int root = (int) places.position(0);
    int[] starts = {0, fat, root, (int) places.position(22), (int) places.position(35)};
    int[] lengths = {90, 120, 1024, 512, 512};
    int changes = 1 + random.nextInt(8);
    // One in four mutants has a damaged boot sector: most of those are refused at once.
    int first = random.nextInt(4) == 0 ? 0 : 1;
    for (int i = 0; i < changes; i++) {
      int area = first + random.nextInt(starts.length - first);
      int at = starts[area] + random.nextInt(lengths[area]);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0 : 0xFF);
        default -> bytes[at] = bytes[starts[area] + random.nextInt(lengths[area])];
      }
    }
  }

  private static final class Reader {

    private final CountingDevice device;
    private final Random random;
    private final byte[] buffer = new byte[4096];
    private int nodes;

    Reader(MemoryDevice device, Random random) {
      this.device = new CountingDevice(device);
      this.random = random;
    }

    private interface Operation {
      void run() throws IOException;
    }

    /** Runs an operation that may fail, but must end soon. */
    private void attempt(Operation operation) {
      device.reset();
      try {
        operation.run();
      } catch (IOException e) {
        assertTrue(e.getMessage() != null && !e.getMessage().isEmpty(), e.toString());
      }
      long reads = device.reads();
      assertTrue(reads <= MAX_READS_PER_OPERATION, () -> reads + " reads");
    }

    boolean readAll() throws IOException {
      attempt(() -> new FatDriver().probe(device));
      MountedVolume[] mounted = new MountedVolume[1];
      attempt(() -> mounted[0] = new FatDriver().mount(device, NAMED));
      MountedVolume volume = mounted[0];
      if (volume == null) {
        return false;
      }
      volume.serial();
      attempt(volume::label);
      attempt(volume::space);
      Deque<Node> directories = new ArrayDeque<>();
      directories.add(volume.root());
      while (!directories.isEmpty() && nodes < MAX_NODES) {
        Node directory = directories.remove();
        attempt(() -> list(volume, directory, directories));
      }
      volume.close();
      return true;
    }

    private void list(MountedVolume volume, Node directory, Deque<Node> directories)
        throws IOException {
      DirectoryCursor cursor = volume.list(directory);
      DirectoryCursor.Entry entry;
      while ((entry = cursor.next()) != null && nodes++ < MAX_NODES) {
        volume.attributes(entry.node());
        if (entry.node().isDirectory()) {
          directories.add(entry.node());
        } else {
          Node file = entry.node();
          attempt(() -> readFile(volume, file));
        }
        String name = entry.name();
        attempt(() -> volume.lookup(directory, name));
      }
    }

    private void readFile(MountedVolume volume, Node file) throws IOException {
      try (OpenNode open = volume.open(file)) {
        int n;
        long position = 0;
        while (position < MAX_BYTES_PER_FILE
            && (n = open.read(position, buffer, 0, buffer.length)) > 0) {
          position += n;
        }
        open.read((long) (random.nextDouble() * open.size()), buffer, 0, buffer.length);
      }
    }
  }
}
