package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.LogWritesDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.KeptDevice;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** Volumes that a power cut left amid changes, and how they are used afterwards. */
final class RenameCuts {

  static final String LONG = "a long name that fills up slots;".repeat(5);
  static final byte[] OLD = contents(1);
  static final byte[] NEW = contents(2);

  /** Something done with a volume. */
  interface Use {
    void with(MountedVolume volume) throws IOException;
  }

  /** Judges the volume of a cut. */
  interface CutJudge {
    void judge(BlockDevice crashed, boolean last) throws Exception;
  }

  private RenameCuts() {}

  private static byte[] contents(int value) {
    byte[] bytes = new byte[5000];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** What a volume is after each prefix of the writes of some changes, all handed over at once. */
  static void cuts(String type, Use before, Use change, CutJudge judge) throws Exception {
    MemoryDevice start = new MemoryDevice(WritableVolume.smallest(type));
    new FatDriver().format(start, WritableVolume.options(type));
    MountedVolume volume = WritableVolumes.mount(start);
    before.with(volume);
    volume.close();
    LogWritesDevice log = new LogWritesDevice(copy(start));
    MountedVolume changed =
        new FatDriver()
            .mount(new CachedDevice(log, 1 << 20, Duration.ZERO), WritableVolume.OPTIONS);
    change.with(changed);
    changed.force();
    int entries = log.entries();
    for (int cut = 0; cut <= entries; cut++) {
      MemoryDevice crashed = copy(start);
      log.replay(0, cut, crashed);
      judge.judge(crashed, cut == entries);
    }
    changed.close();
  }

  static MemoryDevice copy(BlockDevice device) throws IOException {
    MemoryDevice copy = new MemoryDevice(device.size());
    byte[] bytes = new byte[1 << 16];
    for (long at = 0; at < device.size(); at += bytes.length) {
      int n = (int) Math.min(bytes.length, device.size() - at);
      device.read(at, bytes, 0, n);
      copy.write(at, bytes, 0, n);
    }
    return copy;
  }

  static Node make(MountedVolume volume, String path, byte[] contents) throws IOException {
    Node parent = Walk.find(volume, Walk.parent(path));
    Node file = volume.create(parent, Walk.name(path), NodeType.FILE, AttributeChange.NONE);
    try (OpenNode open = volume.open(file)) {
      open.write(0, contents, 0, contents.length);
    }
    return file;
  }

  static void move(MountedVolume volume, String from, String to) throws IOException {
    Node parent = Walk.find(volume, Walk.parent(to));
    volume.move(Walk.find(volume, from), parent, Walk.name(to), true);
  }

  /** Deletes what a program takes for its own temporary file, and fills the volume. */
  static void cleanUp(MountedVolume volume, String temporary) throws IOException {
    Node left = Walk.find(volume, temporary);
    if (left != null) {
      volume.delete(left);
    }
    try (OpenNode open =
        volume.open(volume.create(volume.root(), "filler", NodeType.FILE, AttributeChange.NONE))) {
      byte[] bytes = new byte[1 << 15];
      Arrays.fill(bytes, (byte) 0xEE);
      while (true) {
        open.append(bytes, 0, bytes.length);
      }
    } catch (FileSystemException e) {
      // Full, as wanted.
    }
  }

  static void assertNothingShared(BlockDevice device, Path folder) throws Exception {
    Path image = folder.resolve("used.img");
    byte[] bytes = new byte[(int) device.size()];
    device.read(0, bytes, 0, bytes.length);
    Files.write(image, bytes);
    FsckReport fsck = FsckReport.of(image);
    assertFalse(fsck.classes().contains(FsckReport.Complaint.SHARED), fsck::toString);
    assertFalse(fsck.classes().contains(FsckReport.Complaint.BAD_CHAIN), fsck::toString);
  }

  static long position(BlockDevice disk, String path) throws IOException {
    MountedVolume volume = Volumes.mount(new KeptDevice(disk));
    FatNode node = Directories.cast(Walk.find(volume, path));
    volume.close();
    assertNotNull(node.entry());
    return node.entry().position();
  }

  static boolean isThere(MountedVolume volume, String path) throws IOException {
    return Walk.find(volume, path) != null;
  }

  static byte[] readAgain(BlockDevice device, String path) throws IOException {
    MountedVolume volume = Volumes.mount(new KeptDevice(device));
    try {
      return Walk.read(volume, path);
    } finally {
      volume.close();
    }
  }
}
