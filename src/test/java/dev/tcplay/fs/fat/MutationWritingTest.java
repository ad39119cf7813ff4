package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.CrashImage;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.ReadOnlyFileSystemException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever bytes a volume has, writing to it ends, and with nothing worse than an IOException; what
 * comes of it can be mounted and read again. The system property {@code tcplay.fuzz.writes} sets
 * how many mutants of each type are tried.
 */
class MutationWritingTest {

  private static final int MUTANTS = Integer.getInteger("tcplay.fuzz.writes", 200);
  private static final MountOptions WRITABLE =
      MountOptions.DEFAULT
          .withNamed(true)
          .withZone(Volumes.OPTIONS.zone())
          .withCodePage(Volumes.OPTIONS.codePage());
  private static final int MOST_READS = 40_000;
  private static final int MOST_NODES = 300;
  private static final int OPERATIONS = 30;

  private CountingDevice counter;

  private interface Operation {
    void run() throws IOException;
  }

  private void attempt(Operation operation) {
    counter.reset();
    try {
      operation.run();
    } catch (IOException | ReadOnlyFileSystemException | NonWritableChannelException e) {
      assertTrue(e.toString().length() > 10);
    }
    assertTrue(counter.reads() < MOST_READS, () -> counter.reads() + " reads");
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void mutantsAreWrittenOrRefused(FatType type) throws IOException {
    Random seeds = new Random(Seeds.of("mutantsAreWrittenOrRefused " + type));
    byte[] sound = MutationTest.soundVolume(type);
    int written = 0;
    for (int mutant = 0; mutant < MUTANTS; mutant++) {
      long seed = seeds.nextLong();
      Random random = new Random(seed);
      byte[] bytes = sound.clone();
      MutationTest.mutate(bytes, type, random);
      CrashImage image = new CrashImage(bytes);
      try {
        long before = image.changes();
        run(image, random);
        written += image.changes() > before ? 1 : 0;
        readAll(image);
      } catch (RuntimeException | Error e) {
        throw new AssertionError(type + " mutant " + mutant + " of seed " + seed, e);
      }
    }
    int count = written;
    assertTrue(count >= MUTANTS / 2, () -> "only " + count + " mutants were written to");
  }

  private void run(CrashImage image, Random random) {
    counter = new CountingDevice(image);
    attempt(
        () -> {
          CachedDevice cache = new CachedDevice(counter, 1 << 18, Duration.ZERO);
          try (MountedVolume volume = new FatDriver().mount(cache, WRITABLE)) {
            List<Node> nodes = nodes(volume);
            for (int i = 0; i < OPERATIONS; i++) {
              step(volume, nodes, random);
            }
          }
        });
  }

  private List<Node> nodes(MountedVolume volume) {
    List<Node> nodes = new ArrayList<>();
    Deque<Node> directories = new ArrayDeque<>(List.of(volume.root()));
    nodes.add(volume.root());
    while (!directories.isEmpty() && nodes.size() < MOST_NODES) {
      Node directory = directories.poll();
      attempt(
          () -> {
            DirectoryCursor cursor = volume.list(directory);
            DirectoryCursor.Entry entry;
            while ((entry = cursor.next()) != null && nodes.size() < MOST_NODES) {
              nodes.add(entry.node());
              if (entry.node().isDirectory()) {
                directories.add(entry.node());
              }
            }
          });
    }
    return nodes;
  }

  private static Node any(List<Node> nodes, boolean directory, Random random) {
    List<Node> some = nodes.stream().filter(node -> node.isDirectory() == directory).toList();
    return some.isEmpty() ? null : some.get(random.nextInt(some.size()));
  }

  private void step(MountedVolume volume, List<Node> nodes, Random random) {
    Node directory = any(nodes, true, random);
    Node file = any(nodes, false, random);
    Node either = nodes.get(random.nextInt(nodes.size()));
    String name = "a new name of something " + random.nextInt(40);
    byte[] bytes = new byte[random.nextInt(4000)];
    switch (random.nextInt(9)) {
      case 0, 1 -> {
        NodeType type = random.nextInt(4) == 0 ? NodeType.DIRECTORY : NodeType.FILE;
        attempt(() -> nodes.add(volume.create(directory, name, type, AttributeChange.NONE)));
      }
      case 2 -> attempt(() -> volume.move(either, directory, name, random.nextBoolean()));
      case 3 -> attempt(() -> volume.delete(either));
      case 4 ->
          attempt(
              () -> volume.change(either, AttributeChange.NONE.withHidden(random.nextBoolean())));
      case 5 -> attempt(volume::force);
      default -> {
        if (file != null) {
          attempt(
              () -> {
                try (OpenNode open = volume.open(file)) {
                  switch (random.nextInt(4)) {
                    case 0 -> open.truncate(random.nextInt(3000));
                    case 1 -> open.append(bytes, 0, bytes.length);
                    case 2 -> open.force();
                    default -> open.write(random.nextInt(6000), bytes, 0, bytes.length);
                  }
                }
              });
        }
      }
    }
  }

  private void readAll(CrashImage image) {
    counter = new CountingDevice(image);
    attempt(
        () -> {
          MountedVolume volume = new FatDriver().mount(counter, Volumes.OPTIONS);
          byte[] buffer = new byte[8192];
          for (Node node : nodes(volume)) {
            if (!node.isDirectory()) {
              attempt(
                  () -> {
                    try (OpenNode open = volume.open(node)) {
                      open.read(0, buffer, 0, buffer.length);
                    }
                  });
            }
          }
        });
  }
}
