package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountedVolume;
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
    try (MountedVolume volume = Volumes.mount(new KeptDevice(device))) {
      return Walk.readable(volume);
    }
  }
}
