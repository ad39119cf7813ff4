package dev.tcplay.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.OpenNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/**
 * Reads all of a volume whose bytes may be anything. Every step must end soon, and with nothing
 * worse than an {@link IOException} that says something.
 */
public final class WildReader {

  private static final int MAX_NODES = 2000;
  private static final int MAX_BYTES_PER_FILE = 1 << 16;

  private final FileSystemDriver driver;
  private final MountOptions options;
  private final int mostReads;

  private final CountingDevice device;
  private final Random random;
  private final byte[] buffer = new byte[4096];
  private int nodes;

  /**
   * Prepares to read.
   *
   * @param mostReads far above the reads that one step takes on a sound volume of this size
   */
  public WildReader(
      FileSystemDriver driver,
      MountOptions options,
      BlockDevice device,
      int mostReads,
      Random random) {
    this.driver = driver;
    this.options = options;
    this.mostReads = mostReads;
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
    assertTrue(reads <= mostReads, () -> reads + " reads");
  }

  /** Reads all that can be read; returns whether the volume could be mounted. */
  public boolean readAll() throws IOException {
    attempt(() -> driver.probe(device));
    MountedVolume[] mounted = new MountedVolume[1];
    attempt(() -> mounted[0] = driver.mount(device, options));
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
