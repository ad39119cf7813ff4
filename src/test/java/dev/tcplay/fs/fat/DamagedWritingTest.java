package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.CrashImage;
import dev.tcplay.testing.GenuineImages;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Writing to a damaged volume ends, fails with nothing worse than an {@link IOException}, leaves
 * what is sound as it is, and makes nothing worse.
 */
class DamagedWritingTest {

  /** What one operation on a sound volume of this size never reads. */
  private static final int MOST_READS = 40_000;

  @TempDir Path folder;
  private CountingDevice counter;

  private interface Operation {
    void run() throws IOException;
  }

  /** Does something that may be refused. */
  private void attempt(String what, Operation operation) {
    counter.reset();
    try {
      operation.run();
    } catch (IOException e) {
      assertNotNull(e.getMessage(), what);
    } catch (ReadOnlyFileSystemException | NonWritableChannelException e) {
      assertNull(e.getCause(), what);
    }
    assertTrue(counter.reads() < MOST_READS, () -> what + ": " + counter.reads() + " reads");
  }

  /** A device whose contents stay when it is closed. */
  private static BlockDevice kept(BlockDevice device) throws IOException {
    byte[] bytes = new byte[(int) device.size()];
    device.read(0, bytes, 0, bytes.length);
    return new CrashImage(bytes);
  }

  private MountedVolume mount(BlockDevice device) throws IOException {
    counter = new CountingDevice(device);
    return new FatDriver()
        .mount(new CachedDevice(counter, 1 << 18, Duration.ZERO), WritableVolumes.OPTIONS);
  }

  private FsckReport fsck(BlockDevice device) throws IOException, InterruptedException {
    byte[] bytes = new byte[(int) device.size()];
    device.read(0, bytes, 0, bytes.length);
    return FsckReport.of(Files.write(folder.resolve("volume.img"), bytes));
  }

  private static void assertGood(BlockDevice device) throws IOException {
    try (MountedVolume volume = Volumes.mount(device)) {
      byte[] expected = new byte[Damage.GOOD_BYTES];
      for (int i = 0; i < expected.length; i += 4) {
        ByteBuffer.wrap(expected).order(ByteOrder.LITTLE_ENDIAN).putInt(i, Damage.good(i));
      }
      for (String path : Damage.GOOD) {
        assertArrayEquals(expected, Walk.read(volume, path), path);
      }
    }
  }

  /** Writes beside the damage, and touches nothing that is damaged. */
  private void writeBeside(MountedVolume volume) throws IOException {
    byte[] bytes = new byte[3000];
    for (String parent : List.of("/", "/good directory")) {
      Node directory = Walk.find(volume, parent);
      attempt(
          "create",
          () -> volume.create(directory, "a new file", NodeType.FILE, AttributeChange.NONE));
      attempt(
          "create", () -> volume.create(directory, "NEW.TXT", NodeType.FILE, AttributeChange.NONE));
      attempt(
          "mkdir",
          () ->
              volume.create(
                  directory, "a new directory", NodeType.DIRECTORY, AttributeChange.NONE));
      for (String name : List.of("a new file", "NEW.TXT")) {
        Node file = volume.lookup(directory, name);
        if (file != null) {
          write(volume, file, bytes);
        }
      }
      Node old = volume.lookup(directory, "a new file");
      if (old != null) {
        attempt("rename", () -> volume.move(old, directory, "another name", true));
      }
      Node gone = volume.lookup(directory, "NEW.TXT");
      if (gone != null) {
        attempt("delete", () -> volume.delete(gone));
      }
    }
    Node good = Walk.find(volume, Damage.GOOD.get(1));
    attempt("change", () -> volume.change(good, AttributeChange.NONE.withHidden(true)));
    attempt("force", volume::force);
    attempt("space", volume::space);
  }

  private void write(MountedVolume volume, Node file, byte[] bytes) {
    attempt(
        "write",
        () -> {
          try (OpenNode open = volume.open(file)) {
            open.write(700, bytes, 0, bytes.length);
            open.truncate(2000);
            open.append(bytes, 0, 900);
            open.force();
          }
        });
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void writingBesideDamageMakesNothingWorse(Damage damage) throws Exception {
    for (FatType type : FatType.values()) {
      BlockDevice device = kept(damage.on(type).device);
      FsckReport before = fsck(device);
      try (MountedVolume volume = mount(device)) {
        writeBeside(volume);
      }
      FsckReport after = fsck(device);
      List<FsckReport.Complaint> worse = after.moreThan(before);
      assertEquals(
          List.of(), worse, () -> damage + " " + type + "\nbefore " + before + "\nafter " + after);
      assertGood(device);
    }
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void whatIsDamagedCanBeHandled(Damage damage) throws Exception {
    for (FatType type : FatType.values()) {
      BlockDevice device = kept(damage.on(type).device);
      try (MountedVolume volume = mount(device)) {
        for (String parent : List.of("/VICTDIR", "/")) {
          Node directory = Walk.find(volume, parent);
          if (directory != null) {
            handleAll(volume, directory);
          }
        }
      }
      assertGood(device);
    }
  }

  /** Writes to, renames and deletes all that is not sound. */
  private void handleAll(MountedVolume volume, Node directory) throws IOException {
    byte[] bytes = new byte[2500];
    attempt(
        "create",
        () -> volume.create(directory, "a new file beside", NodeType.FILE, AttributeChange.NONE));
    int nodeNumber = 0;
    for (int round = 0; round < 2; round++) {
      for (Map.Entry<String, Node> entry : children(volume, directory).entrySet()) {
        Node node = entry.getValue();
        String moved = "moved " + nodeNumber++;
        if (entry.getKey().toLowerCase(Locale.ROOT).startsWith("good")) {
          continue;
        }
        if (round == 1) {
          attempt("delete " + entry.getKey(), () -> volume.delete(node));
        } else if (node.isDirectory()) {
          attempt(
              "create",
              () -> volume.create(node, "a file below", NodeType.FILE, AttributeChange.NONE));
        } else {
          write(volume, node, bytes);
        }
        attempt("move", () -> volume.move(node, directory, moved, false));
      }
    }
    attempt("force", volume::force);
  }

  private Map<String, Node> children(MountedVolume volume, Node directory) {
    Map<String, Node> children = new LinkedHashMap<>();
    attempt(
        "list",
        () -> {
          var cursor = volume.list(directory);
          for (var entry = cursor.next(); entry != null; entry = cursor.next()) {
            children.put(entry.name() + "#" + children.size(), entry.node());
          }
        });
    return children;
  }

  @Test
  void oddImagesAreWrittenTo() throws Exception {
    Path images = GenuineImages.folder("odd-filesystems");
    List<Path> files;
    try (Stream<Path> all = Files.list(images)) {
      files = all.filter(file -> file.getFileName().toString().startsWith("fat")).sorted().toList();
    }
    assertEquals(7, files.size());
    for (Path file : files) {
      // A copy with holes: some are large.
      Path copy = folder.resolve(file.getFileName());
      Judge.Verdict copied = Judge.run("cp", "--sparse=always", file.toString(), copy.toString());
      assertEquals(0, copied.status(), copied::output);
      FsckReport before = FsckReport.of(copy);
      byte[] contents = new byte[3000];
      try (MountedVolume volume = mount(FileDevice.open(copy, HostOpen.writing()))) {
        attempt(
            "create",
            () -> volume.create(volume.root(), "a new file", NodeType.FILE, AttributeChange.NONE));
        Node made = volume.lookup(volume.root(), "a new file");
        if (made != null) {
          write(volume, made, contents);
          attempt(
              "mkdir",
              () ->
                  volume.create(
                      volume.root(), "a new directory", NodeType.DIRECTORY, AttributeChange.NONE));
        }
      }
      List<FsckReport.Complaint> worse = FsckReport.of(copy).moreThan(before);
      assertEquals(List.of(), worse, () -> file + "\n" + before);
    }
  }
}
