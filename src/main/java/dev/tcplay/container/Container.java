package dev.tcplay.container;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.KeptDevice;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.model.ParsedOptions;
import dev.tcplay.model.PartitionInfo;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.volume.OpenedVolume;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An open container: its plaintext, its facts, its lock. Safe for any number of threads. Closing it
 * writes what is pending, and wipes the keys.
 */
public final class Container implements Closeable {

  private final Path place;
  private final ParsedOptions options;
  private final OpenedVolume opened;
  private final ContainerLock lock;
  private final LockedDevice device;
  private final List<Mounted> mounted = new ArrayList<>();
  private final Set<String> warnings = Collections.synchronizedSet(new LinkedHashSet<>());
  private Optional<PartitionInfo> mountedPartition = Optional.empty();

  /** A volume, and the device that is closed with it. */
  private record Mounted(KeptDevice device, MountedVolume volume) {}

  private Container(Path place, ParsedOptions options, OpenedVolume opened, ContainerLock lock) {
    this.place = place;
    this.options = options;
    this.opened = opened;
    this.lock = lock;
    this.device = new LockedDevice(opened.plaintext(), lock);
    this.warnings.addAll(opened.warnings());
  }

  /**
   * Opens a container, for writing unless the options forbid it, without looking at what is in it.
   * The caller keeps and closes the options, which from then on are asked for no secret.
   *
   * @param owner how exceptions name this user to others that want the container meanwhile
   * @throws dev.tcplay.block.host.HostInUseException if the container is open elsewhere
   * @throws IllegalArgumentException if an option does not fit
   * @throws IOException if the container cannot be opened
   */
  public static Container open(Path place, ParsedOptions options, String owner) throws IOException {
    Opening opening = Opening.writing(place, options, owner);
    OpenedVolume opened = opening.openCached(MountedContainer.interval(options));
    try (Closer onFailure = new Closer()) {
      onFailure.add(opened.plaintext());
      Container container = new Container(place, options, opened, opening.lock());
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

  /**
   * Returns what is amiss with the container though it opened, a sentence each; with its partition
   * table from when that was looked at.
   */
  public List<String> warnings() {
    synchronized (warnings) {
      return Stream.concat(warnings.stream(), lock.warnings().stream()).toList();
    }
  }

  /**
   * Returns the partitions of the plaintext; the one that the options name if they do, none if
   * there is no partition table, or a damaged one where a driver knows the whole.
   *
   * @throws IOException if the container cannot be read
   */
  public List<PartitionInfo> partitions() throws IOException {
    Optional<PartitionInfo> named = opened.info().partition();
    if (named.isPresent()) {
      return List.of(named.get());
    }
    Optional<PartitionChoice> choice = PartitionChoice.of(place, below(device));
    if (choice.isEmpty()) {
      return List.of();
    }
    List<String> amiss = choice.get().warnings();
    // A boot sector that is damaged may look like a table, if a poor one.
    if (!amiss.isEmpty() && Drivers.named(Optional.empty()).recognise(device)) {
      return List.of();
    }
    warnings.addAll(amiss);
    return choice.get().partitions();
  }

  /** Returns the partition that was mounted last, empty if none was or the whole. */
  public synchronized Optional<PartitionInfo> mountedPartition() {
    return mountedPartition;
  }

  private OpenedVolume below(BlockDevice plaintext) {
    return new OpenedVolume(plaintext, opened.info(), opened.warnings());
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
   * it, or the only partition that one recognises. The caller closes the volume; the container
   * stays open.
   *
   * @throws IllegalArgumentException if there is no such driver
   * @throws dev.tcplay.model.SeveralPartitionsException if several partitions are recognised
   * @throws FileSystemException if it is mounted already and may be written: each of two volumes
   *     would take clusters that the other one has given away
   * @throws IOException if it cannot be mounted
   */
  public synchronized MountedVolume mount() throws IOException {
    mounted.removeIf(one -> one.device().isClosed());
    if (mounted.stream().anyMatch(one -> !one.volume().isReadOnly())) {
      throw new FileSystemException(place.toString(), null, "is mounted already, to be written");
    }
    Drivers drivers = Drivers.named(options.filesystem());
    boolean readOnly = device.isReadOnly() || !drivers.canWrite();
    KeptDevice kept = new KeptDevice(device);
    OpenedVolume shown = PartitionChoice.forMounting(place, below(kept), drivers);
    MountedVolume volume =
        drivers.mount(
            place, shown.plaintext(), MountedContainer.mountOptions(readOnly, drivers, options));
    warnings.addAll(shown.warnings());
    mountedPartition = shown.info().partition();
    mounted.add(new Mounted(kept, volume));
    return volume;
  }

  /** Closes the volumes first, which hand over what they have not written yet. */
  @Override
  public synchronized void close() throws IOException {
    try (Closer all = new Closer()) {
      all.add(device);
      for (Mounted one : mounted) {
        all.add(one.volume());
      }
      mounted.clear();
    }
  }
}
