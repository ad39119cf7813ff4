package dev.tcplay.container;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.model.ParsedOptions;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.volume.OpenedVolume;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A container that is open for the file system in it.
 *
 * @param info its facts, or those of the partition that is shown
 * @param warnings what is amiss with the container itself or its partition table, a sentence each
 * @param volume what is in it; closing it closes the container
 * @param lock knows whether the container is still ours
 */
public record MountedContainer(
    VolumeInfo info, List<String> warnings, MountedVolume volume, ContainerLock lock) {

  /**
   * Opens and mounts a container; the caller keeps and closes the options. It is opened for writing
   * only if one of the drivers that may come can write.
   *
   * @param owner how exceptions name this user to others that want the container meanwhile
   * @throws dev.tcplay.block.host.HostInUseException if the container is open elsewhere
   * @throws IllegalArgumentException if an option does not fit, before the container is read
   * @throws IOException if the container cannot be opened or mounted
   */
  public static MountedContainer mount(Path place, ParsedOptions options, String owner)
      throws IOException {
    Drivers drivers = Drivers.named(options.filesystem());
    boolean writing = !options.readOnly() && drivers.canWrite();
    Opening opening =
        writing ? Opening.writing(place, options, owner) : Opening.reading(place, options, owner);
    OpenedVolume opened = opening.openCached(interval(options));
    try (Closer onFailure = new Closer()) {
      onFailure.add(opened.plaintext());
      OpenedVolume shown = PartitionChoice.forMounting(place, opened, drivers);
      BlockDevice device = onFailure.add(shown.plaintext());
      MountedVolume volume =
          onFailure.add(
              drivers.mount(
                  place, device, mountOptions(!writing || device.isReadOnly(), drivers, options)));
      FileDevice file = opening.file();
      if (!file.isReadOnly() && volume.isReadOnly()) {
        file.stopWriting();
      }
      MountedContainer mounted =
          new MountedContainer(shown.info(), shown.warnings(), volume, opening.lock());
      onFailure.release();
      return mounted;
    }
  }

  static Duration interval(ParsedOptions options) {
    return options.syncInterval().orElse(CachedDevice.DEFAULT_SYNC_INTERVAL);
  }

  static MountOptions mountOptions(boolean readOnly, Drivers drivers, ParsedOptions options) {
    return MountOptions.DEFAULT
        .withReadOnly(readOnly)
        .withNamed(drivers.isNamed())
        .withZone(options.zone())
        .withCodePage(options.codePage());
  }
}
