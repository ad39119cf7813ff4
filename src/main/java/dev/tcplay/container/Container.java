package dev.tcplay.container;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.model.ParsedOptions;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.volume.OpenedVolume;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;

/**
 * An open container: its plaintext, its facts, its lock. Safe for any number of threads. Closing it
 * writes what is pending, and wipes the keys.
 */
public final class Container implements Closeable {

  private final Path place;
  private final ParsedOptions options;
  private final OpenedVolume opened;
  private final LockedDevice device;

  private Container(Path place, ParsedOptions options, OpenedVolume opened, ContainerLock lock) {
    this.place = place;
    this.options = options;
    this.opened = opened;
    this.device = new LockedDevice(opened.plaintext(), lock);
  }

  /**
   * Opens a container, for writing unless the options forbid it, without looking at what is in it.
   * The caller keeps and closes the options, which from then on are asked for no secret.
   *
   * @param owner what those who want the container meanwhile are told of who has it
   * @throws dev.tcplay.block.host.HostInUseException if the container is open elsewhere
   * @throws IllegalArgumentException if an option does not fit
   * @throws IOException if the container cannot be opened
   */
  public static Container open(Path place, ParsedOptions options, String owner) throws IOException {
    Opening opening = Opening.writing(place, options, owner);
    OpenedVolume opened = opening.openCached(MountedContainer.interval(options));
    try (Closer onFailure = new Closer()) {
      onFailure.add(opened.plaintext());
      Container container = new Container(place, options, opened, opening.file()::checkLock);
      onFailure.release();
      return container;
    }
  }

  /**
   * Returns the plaintext, under a cache. Each call fails once another program has come in though
   * the container is locked.
   */
  public BlockDevice device() {
    return device;
  }

  /** Returns the path that the container was opened by. */
  public Path place() {
    return place;
  }

  /** Returns the facts of the container. */
  public VolumeInfo info() {
    return opened.info();
  }

  /** Returns what is amiss with the container though it opened, a sentence each. */
  public List<String> warnings() {
    return opened.warnings();
  }

  /**
   * Fails if the container cannot be written.
   *
   * @throws AccessDeniedException if so; it says why
   */
  public void checkWritable() throws AccessDeniedException {
    if (device.isReadOnly()) {
      throw Opening.openedReadOnly(place, warnings());
    }
  }

  /**
   * Mounts what is in the container by the driver of the options, else by the one that recognises
   * it. The caller closes the volume; the container stays open.
   *
   * @throws IllegalArgumentException if there is no such driver
   * @throws IOException if it cannot be mounted
   */
  public MountedVolume mount() throws IOException {
    Drivers drivers = Drivers.named(options.filesystem());
    boolean readOnly = device.isReadOnly() || !drivers.canWrite();
    return drivers.mount(
        new KeptDevice(device), MountedContainer.mountOptions(readOnly, drivers, options));
  }

  @Override
  public void close() throws IOException {
    device.close();
  }
}
