package dev.tcplay.nio;

import dev.tcplay.ContainerOptions;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.FileSystemDriver.Match;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The file-system drivers that are asked about a volume. */
final class Drivers {

  /** What is made unless something else is asked for. */
  private static final String DEFAULT = "fat";

  private final List<FileSystemDriver> candidates;
  private final boolean named;

  private Drivers(List<FileSystemDriver> candidates, boolean named) {
    this.candidates = candidates;
    this.named = named;
  }

  /**
   * Finds the drivers.
   *
   * @param name the name of the only one wanted
   * @throws IllegalArgumentException if there is no driver of that name
   */
  static Drivers named(Optional<String> name) {
    List<FileSystemDriver> all =
        ServiceLoader.load(FileSystemDriver.class, Drivers.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    if (name.isEmpty()) {
      return new Drivers(all, false);
    }
    return all.stream()
        .filter(driver -> driver.name().equals(name.get()))
        .findFirst()
        .map(driver -> new Drivers(List.of(driver), true))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    ContainerOptions.FILESYSTEM
                        + " must be one of "
                        + all.stream().map(FileSystemDriver::name).sorted().toList()
                        + " but was "
                        + name.get()));
  }

  /** Returns the driver that makes file systems for who asked for one by name, or for none. */
  static FileSystemDriver forMaking(Optional<String> name) {
    return named(Optional.of(name.orElse(DEFAULT))).candidates.get(0);
  }

  /** Returns whether the caller named the driver. */
  boolean isNamed() {
    return named;
  }

  /** Returns whether a volume may come out writable. */
  boolean canWrite() {
    return candidates.stream().anyMatch(driver -> driver.canWrite(named));
  }

  /** Mounts a volume by the driver that was named, else by the one that knows it best. */
  MountedVolume mount(BlockDevice volume, MountOptions options) throws IOException {
    if (options.named()) {
      return candidates.get(0).mount(volume, options);
    }
    FileSystemDriver best = null;
    Match match = Match.NONE;
    for (FileSystemDriver candidate : candidates) {
      Match found = candidate.probe(volume);
      if (found.compareTo(match) > 0) {
        best = candidate;
        match = found;
      }
    }
    if (best == null) {
      throw new FileSystemException(null, null, "no driver knows the file system of the volume");
    }
    return best.mount(volume, options);
  }
}
