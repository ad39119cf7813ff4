package dev.tcplay.nio;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.container.ContainerLock;
import dev.tcplay.container.MountedContainer;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.model.VolumeInfo;
import example.toyfs.ToyDriver;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.FileSystem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** File systems on new volumes in memory, with a cache as a container has it. */
public final class DrivenVolumes {

  private static final Charset CODE_PAGE = Charset.forName("IBM437");
  private static final int CACHE = 4 << 20;

  private DrivenVolumes() {}

  /**
   * Makes a volume of a driver and mounts it.
   *
   * @param type the type of file system, empty for the driver's only one
   */
  static TcplayFileSystem mount(FileSystemDriver driver, Optional<String> type, long bytes)
      throws IOException {
    BlockDevice disk = new MemoryDevice(bytes);
    driver.format(disk, FormatOptions.DEFAULT.withType(type).withCodePage(CODE_PAGE));
    MountedVolume volume =
        driver.mount(
            new CachedDevice(disk, CACHE, Duration.ofMillis(3)),
            MountOptions.DEFAULT.withNamed(true).withCodePage(CODE_PAGE));
    return of(volume);
  }

  /** Makes a toy volume, which has every feature but DOS attributes. */
  public static FileSystem toy() throws IOException {
    return mount(new ToyDriver(), Optional.empty(), 1 << 12);
  }

  /** Returns a mounted volume as a file system that is not registered. */
  static TcplayFileSystem of(MountedVolume volume) {
    return of(volume, writing -> {});
  }

  /** As {@link #of(MountedVolume)}, with a lock that may be lost. */
  static TcplayFileSystem of(MountedVolume volume, ContainerLock lock) {
    return new TcplayFileSystem(
        new TcplayFileSystemProvider(),
        new TcplayUri(URI.create("file:///memory.tc"), "/"),
        new MountedContainer(
            new VolumeInfo("plain", Optional.empty(), "normal", 0, 0, 0, 512),
            List.of(),
            volume,
            lock),
        () -> {});
  }
}
