package dev.tcplay.nio;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.fat.FatDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Who registers a directory and then looks what is in it misses nothing, also of a change that was
 * under way: he either saw it or is told of it.
 */
class WatchBeginningTest {

  /** What somebody else does when a change has begun, but is not there yet. */
  private interface Meanwhile {
    void run() throws IOException;
  }

  private static final class SlowVolume extends ForwardingVolume {

    private Meanwhile meanwhile = () -> {};

    private SlowVolume(MountedVolume volume) {
      super(volume);
    }

    private void await() throws IOException {
      Meanwhile once = meanwhile;
      meanwhile = () -> {};
      once.run();
    }

    @Override
    public Node create(Node directory, String name, NodeType type, AttributeChange attributes)
        throws IOException {
      await();
      return super.create(directory, name, type, attributes);
    }

    @Override
    public void delete(Node node) throws IOException {
      await();
      super.delete(node);
    }

    @Override
    public Node move(Node node, Node directory, String name, boolean replace) throws IOException {
      await();
      return super.move(node, directory, name, replace);
    }
  }

  private final SlowVolume slow = new SlowVolume(fat());
  private final TcplayFileSystem fileSystem = DrivenVolumes.of(slow);
  private final Path directory = Files.createDirectory(fileSystem.getPath("/dir"));
  private final Path file = Files.createFile(directory.resolve("file"));

  WatchBeginningTest() throws IOException {}

  private static MountedVolume fat() throws IOException {
    BlockDevice disk = new MemoryDevice(8 << 20);
    FatDriver driver = new FatDriver();
    driver.format(disk, FormatOptions.DEFAULT.withType(Optional.of("FAT16")));
    return driver.mount(disk, MountOptions.DEFAULT);
  }

  private static WatchKey all(WatchService service, Path directory) throws IOException {
    return directory.register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
  }

  private void assertTold(boolean isWatchedElsewhere, Meanwhile change) throws IOException {
    try (WatchService service = fileSystem.newWatchService()) {
      if (isWatchedElsewhere) {
        all(service, fileSystem.getPath("/"));
      }
      List<WatchKey> keys = new ArrayList<>();
      slow.meanwhile = () -> keys.add(all(service, directory));
      change.run();
      List<WatchEvent<?>> events = keys.get(0).pollEvents();
      assertEquals(OVERFLOW, events.get(events.size() - 1).kind());
    }
  }

  @Test
  void aChangeThatWasUnderWayIsToldOf() throws IOException {
    for (boolean isWatchedElsewhere : new boolean[] {false, true}) {
      assertTold(isWatchedElsewhere, () -> Files.createFile(directory.resolve("new")));
      assertTold(isWatchedElsewhere, () -> Files.delete(directory.resolve("new")));
      Path moved = fileSystem.getPath("/moved");
      assertTold(isWatchedElsewhere, () -> Files.move(file, moved));
      assertTold(
          isWatchedElsewhere, () -> Files.move(moved, file, StandardCopyOption.REPLACE_EXISTING));
    }
  }

  @Test
  void aDirectoryThatWasGoingAwayIsNotWatchedOn() throws IOException {
    Files.delete(file);
    try (WatchService service = fileSystem.newWatchService()) {
      List<WatchKey> keys = new ArrayList<>();
      slow.meanwhile = () -> keys.add(all(service, directory));
      Files.delete(directory);
      assertNotNull(service.poll());
      assertFalse(keys.get(0).reset());
    }
  }
}
