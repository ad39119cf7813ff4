package dev.tcplay.fs.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.Seeds;
import dev.tcplay.testing.TypedVolumes;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many threads in one tree, with the device syncing in between. */
class ConcurrentChangesTest {

  private static final int THREADS = 6;
  private static final int OPERATIONS = 400;

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32", "exFAT"})
  void threadsLeaveAWholeTreeAndTheirOwnFilesAsTheyWroteThem(String type) throws Exception {
    long seed = Seeds.of("threadsLeaveAWholeTree " + type);
    MemoryDevice bare = new MemoryDevice(TypedVolumes.smallest(type));
    TypedVolumes.format(bare, type);
    CachedDevice cache = new CachedDevice(bare, 1 << 20, Duration.ofMillis(3));
    MountedVolume volume = TypedVolumes.driver(type).mount(cache, TypedVolumes.OPTIONS);
    volume.create(volume.root(), "shared", NodeType.DIRECTORY, AttributeChange.NONE);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<Map<String, byte[]>>> results = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(seed + i);
      Node own =
          volume.create(volume.root(), "thread " + i, NodeType.DIRECTORY, AttributeChange.NONE);
      results.add(threads.submit(() -> new Worker(volume, random, own).run()));
    }
    List<Map<String, byte[]>> models = new ArrayList<>();
    for (Future<Map<String, byte[]>> result : results) {
      models.add(result.get(2, TimeUnit.MINUTES));
    }
    threads.shutdown();
    volume.force();
    byte[] image = new byte[(int) bare.size()];
    bare.read(0, image, 0, image.length);
    MemoryDevice copy = new MemoryDevice(bare.size());
    copy.write(0, image, 0, image.length);
    volume.close();
    try (MountedVolume again = TypedVolumes.mount(copy)) {
      for (int i = 0; i < THREADS; i++) {
        String own = "/thread " + i;
        assertEquals(models.get(i).size(), Walk.names(again, own).size(), own);
        for (Map.Entry<String, byte[]> file : models.get(i).entrySet()) {
          assertArrayEquals(file.getValue(), Walk.read(again, own + "/" + file.getKey()));
        }
      }
      again.create(again.root(), "one more", NodeType.FILE, AttributeChange.NONE);
    }
    List<String> findings = new ArrayList<>();
    TypedVolumes.driver(type)
        .check(
            copy,
            TypedVolumes.OPTIONS,
            finding -> {
              // It was marked as in use when it was copied.
              if (!finding.kind().equals("dirty")) {
                findings.add(finding.toString());
              }
            });
    assertEquals(List.of(), findings);
  }

  /** One thread: files of its own, which it knows, and names that it shares with all others. */
  private static final class Worker {

    private final MountedVolume volume;
    private final Random random;
    private final Node own;
    private final Map<String, byte[]> model = new HashMap<>();

    private Worker(MountedVolume volume, Random random, Node own) {
      this.volume = volume;
      this.random = random;
      this.own = own;
    }

    private Map<String, byte[]> run() throws IOException {
      for (int i = 0; i < OPERATIONS; i++) {
        try {
          if (random.nextBoolean()) {
            changeOwn();
          } else {
            changeShared();
          }
        } catch (NoSuchFileException
            | FileAlreadyExistsException
            | DirectoryNotEmptyException expected) {
          // Another thread was quicker.
        } catch (FileSystemException e) {
          String reason = String.valueOf(e.getReason());
          if (!reason.contains("space") && !reason.contains("itself")) {
            throw e;
          }
        }
      }
      return model;
    }

    private void changeOwn() throws IOException {
      String name = "a file of mine " + random.nextInt(12);
      byte[] contents = new byte[random.nextInt(6000)];
      random.nextBytes(contents);
      Node file = volume.lookup(own, name);
      switch (random.nextInt(4)) {
        case 0 -> {
          if (file != null) {
            volume.delete(file);
            model.remove(name);
          }
        }
        case 1 -> {
          if (file != null) {
            String other = "renamed " + random.nextInt(12);
            volume.move(file, own, other, true);
            byte[] moved = model.remove(name);
            model.put(other, moved);
          }
        }
        default -> {
          if (file == null) {
            file = volume.create(own, name, NodeType.FILE, AttributeChange.NONE);
            model.put(name, new byte[0]);
          }
          try (OpenNode open = volume.open(file)) {
            open.truncate(0);
            model.put(name, new byte[0]);
            open.write(0, contents, 0, contents.length);
            model.put(name, contents);
          }
        }
      }
    }

    private Node shared() throws IOException {
      Node shared = volume.lookup(volume.root(), "shared");
      Node inner = random.nextBoolean() ? null : volume.lookup(shared, name());
      return inner != null && inner.isDirectory() ? inner : shared;
    }

    private String name() {
      return "shared name " + random.nextInt(8);
    }

    private void changeShared() throws IOException {
      Node directory = shared();
      Node node = volume.lookup(directory, name());
      if (node == null) {
        volume.create(
            directory,
            name(),
            random.nextInt(3) == 0 ? NodeType.DIRECTORY : NodeType.FILE,
            AttributeChange.NONE);
        return;
      }
      switch (random.nextInt(4)) {
        case 0 -> volume.delete(node);
        case 1, 2 -> volume.move(node, shared(), name(), random.nextBoolean());
        default -> {
          if (!node.isDirectory()) {
            try (OpenNode open = volume.open(node)) {
              byte[] bytes = new byte[random.nextInt(3000)];
              open.append(bytes, 0, bytes.length);
              open.truncate(random.nextInt(3000));
            }
          }
        }
      }
    }
  }
}
