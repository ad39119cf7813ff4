package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.RepairOptions;
import dev.tcplay.testing.KeptDevice;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Repairs volumes, and reads what they hold. */
final class Repairs {

  static final RepairOptions FREE = RepairOptions.DEFAULT;

  private Repairs() {}

  static List<Finding> repair(BlockDevice device, RepairOptions how) throws IOException {
    List<Finding> findings = new ArrayList<>();
    BlockDevice cached = new CachedDevice(new KeptDevice(device), 1 << 20, Duration.ZERO);
    try (cached) {
      new FatDriver().repair(cached, WritableVolume.OPTIONS, how, findings::add);
      cached.flush();
    }
    return findings;
  }

  static FsckReport fsck(BlockDevice device, Path folder) throws Exception {
    return FsckReport.of(Files.write(folder.resolve("volume.img"), bytes(device)));
  }

  static byte[] bytes(BlockDevice device) throws IOException {
    byte[] bytes = new byte[(int) device.size()];
    device.read(0, bytes, 0, bytes.length);
    return bytes;
  }

  /** Returns the contents of all files that can be read, by their paths. */
  static Map<String, byte[]> readable(BlockDevice device) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    MountedVolume volume = Volumes.mount(new KeptDevice(device));
    collect(volume, volume.root(), "", contents);
    volume.close();
    return contents;
  }

  private static void collect(
      MountedVolume volume, Node directory, String path, Map<String, byte[]> contents)
      throws IOException {
    try {
      var cursor = volume.list(directory);
      for (var entry = cursor.next(); entry != null; entry = cursor.next()) {
        String child = path + "/" + entry.name();
        if (entry.node().isDirectory()) {
          collect(volume, entry.node(), child, contents);
        } else {
          contents.put(child, Walk.read(volume, entry.node()));
        }
      }
    } catch (CorruptFileSystemException e) {
      // What cannot be read is no sound file.
    }
  }
}
