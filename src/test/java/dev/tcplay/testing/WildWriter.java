package dev.tcplay.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import java.io.IOException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.ReadOnlyFileSystemException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Writes to a volume whose bytes may be anything. Every step must end soon, and with nothing worse
 * than an {@link IOException}, or the refusal of a volume that is read-only.
 */
public final class WildWriter {

  private static final int MOST_NODES = 300;
  private static final int OPERATIONS = 30;

  private final FileSystemDriver driver;
  private final MountOptions options;
  private final int mostReads;
  private final String spared;
  private CountingDevice counter;

  /**
   * Prepares to write.
   *
   * @param mostReads far above the reads that one step takes on a sound volume of this size
   * @param spared the name of what is left alone wherever it stands, with all that is in it
   */
  public WildWriter(FileSystemDriver driver, MountOptions options, int mostReads, String spared) {
    this.driver = driver;
    this.options = options;
    this.mostReads = mostReads;
    this.spared = spared;
  }

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
    assertTrue(counter.reads() < mostReads, () -> counter.reads() + " reads");
  }

  /** Does random operations on a volume that may be anything, where it can be mounted. */
  public void write(BlockDevice image, Random random) {
    counter = new CountingDevice(image);
    attempt(
        () -> {
          CachedDevice cache = new CachedDevice(counter, 1 << 18, Duration.ZERO);
          try (MountedVolume volume = driver.mount(cache, options)) {
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
              if (entry.name().equals(spared)) {
                continue;
              }
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

  /** Reads the beginning of every file of what came of it. */
  public void read(BlockDevice image) {
    counter = new CountingDevice(image);
    attempt(
        () -> {
          MountedVolume volume = driver.mount(counter, options.withReadOnly(true));
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
