package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.KeptDevice;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A volume in memory that tests write to, over a cache as a mounted container has it. */
final class WritableVolume implements AutoCloseable {

  private final BlockDevice disk;
  private MountedVolume volume;

  private WritableVolume(BlockDevice disk) throws IOException {
    this.disk = disk;
    this.volume = mount(disk);
  }

  /** Makes an empty volume on a disk of noise. */
  static WritableVolume of(int bytes, int clusterShift) throws IOException {
    return new WritableVolume(ExFatImage.make(bytes, clusterShift));
  }

  /** Mounts what is on a disk. */
  static WritableVolume on(BlockDevice disk) throws IOException {
    return new WritableVolume(disk);
  }

  private static MountedVolume mount(BlockDevice disk) throws IOException {
    return new ExFatDriver()
        .mount(
            new CachedDevice(new KeptDevice(disk), 4 << 20, Duration.ZERO), MountOptions.DEFAULT);
  }

  MountedVolume volume() {
    return volume;
  }

  BlockDevice disk() {
    return disk;
  }

  Node find(String path) throws IOException {
    return Walk.find(volume, path);
  }

  Node directory(String path) throws IOException {
    return volume.create(
        find(Walk.parent(path)), Walk.name(path), NodeType.DIRECTORY, AttributeChange.NONE);
  }

  Node file(String path, byte... contents) throws IOException {
    Node file =
        volume.create(
            find(Walk.parent(path)), Walk.name(path), NodeType.FILE, AttributeChange.NONE);
    try (OpenNode open = volume.open(file)) {
      open.write(0, contents, 0, contents.length);
    }
    return file;
  }

  Node move(String from, String to, boolean replace) throws IOException {
    return volume.move(find(from), find(Walk.parent(to)), Walk.name(to), replace);
  }

  byte[] read(String path) throws IOException {
    return Walk.read(volume, path);
  }

  /** Returns the entry set of a file as it is on disk. */
  EntrySet set(String path) throws IOException {
    volume.force();
    return ((ExFatNode) find(path)).entry().set();
  }

  /** Closes and mounts again, as another program would. */
  void remount() throws IOException {
    volume.close();
    volume = mount(disk);
  }

  /** Closes the volume and lets fsck.exfat find nothing. */
  void closeAndCheck() throws Exception {
    volume.close();
    Path image = Files.createTempFile("volume", ".img");
    try {
      save(image);
      Judge.Verdict verdict = Judge.run("fsck.exfat", "-n", image.toString());
      assertEquals(0, verdict.status(), verdict.output());
      assertTrue(verdict.output().contains(": clean."), verdict.output());
    } finally {
      Files.delete(image);
    }
  }

  void save(Path image) throws IOException {
    byte[] bytes = new byte[(int) disk.size()];
    disk.read(0, bytes, 0, bytes.length);
    Files.write(image, bytes);
  }

  @Override
  public void close() throws IOException {
    volume.close();
  }
}
