package dev.tcplay.nio;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import example.toyfs.ToyDriver;
import example.toyfs.ToyVolume;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;

/** A toy volume, which has every feature, and volumes of other drivers beside it. */
abstract class ToyTree {

  final ToyVolume toy = (ToyVolume) mount(new ToyDriver(), 4096);
  final FileSystem fileSystem = DrivenVolumes.of(toy);
  final Path root = fileSystem.getPath("/");

  static MountedVolume mount(FileSystemDriver driver, int bytes) {
    try {
      MemoryDevice device = new MemoryDevice(bytes);
      driver.format(device, FormatOptions.DEFAULT);
      return driver.mount(device, MountOptions.DEFAULT.withNamed(true));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
