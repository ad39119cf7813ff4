package dev.tcplay;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.container.Container;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.model.PartitionInfo;
import dev.tcplay.model.VolumeChannel;
import dev.tcplay.model.VolumeInfo;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.OpenOption;
import java.util.List;
import java.util.Optional;

/**
 * An open container, whatever is in it: {@link ContainerOpener#open} gives one.
 *
 * <pre>{@code
 * try (OpenContainer container = Tcplay.open(path).keys(keys).readOnly(true).open()) {
 *   container.device().read(0, sector, 0, 512);
 * }
 * }</pre>
 *
 * <p>Safe for any number of threads. Closing it writes what is pending, closes its device, so that
 * its channels reach nothing any more, and wipes the keys; a volume that was mounted is closed
 * before.
 */
public final class OpenContainer implements Closeable {

  private final Container container;

  OpenContainer(Container container) {
    this.container = container;
  }

  /**
   * Returns the plaintext of the data area, or of the partition of it that {@link
   * dev.tcplay.model.ContainerOptions#PARTITION} names: bytes at positions, for any number of
   * threads. It can be written unless it {@link BlockDevice#isReadOnly is read-only}, as with
   * {@link dev.tcplay.model.ContainerOptions#READ_ONLY}, or where the container was cut or its file
   * cannot be written. What is written is in memory until {@link BlockDevice#flush}, the sync
   * interval or the end. Closing the device closes the container, but hands over nothing of a
   * volume that is mounted.
   */
  public BlockDevice device() {
    return container.device();
  }

  /** Returns the facts of the container. */
  public VolumeInfo info() {
    return container.info();
  }

  /**
   * Returns what is amiss with the container though it opened, a sentence each; with its partition
   * table from when it was mounted or its partitions were asked for.
   */
  public List<String> warnings() {
    return container.warnings();
  }

  /**
   * Returns the partitions of a plaintext that is a disk with a partition table, in the order of
   * their numbers, at most 256; none if there is no table. Each is looked at for what is in it.
   * Where {@link dev.tcplay.model.ContainerOptions#PARTITION} named one, that one only.
   *
   * @throws IOException if the container cannot be read
   */
  public List<PartitionInfo> partitions() throws IOException {
    return container.partitions();
  }

  /**
   * Returns the partition that {@link #mount} showed last, empty if it showed the whole plaintext
   * or was not called.
   */
  public Optional<PartitionInfo> mountedPartition() {
    return container.mountedPartition();
  }

  /**
   * Returns the plaintext as a channel, which {@link ContainerOpener#channel(OpenOption...)}
   * describes. Closing it leaves the container open.
   *
   * @throws java.nio.file.AccessDeniedException if the channel is to write and the container is
   *     read-only
   * @throws IOException if the options ask for what cannot be
   */
  public VolumeChannel channel(OpenOption... options) throws IOException {
    return channel(ChannelOptions.of(options), () -> {});
  }

  VolumeChannel channel(ChannelOptions options, Closeable afterwards) throws IOException {
    options.checkFit(container);
    return new DeviceChannel(container.device(), container.place(), options, afterwards);
  }

  /**
   * Mounts what is in the container, by the driver that {@link
   * dev.tcplay.model.ContainerOptions#FILESYSTEM} names, else by the one that recognises it. Of a
   * disk with a partition table that is the only partition that a driver recognises, as {@link
   * dev.tcplay.model.ContainerOptions#PARTITION} says. The caller closes the volume; the container
   * stays open. {@link ContainerOpener#mount} gives a {@link java.nio.file.FileSystem} instead.
   *
   * @throws IllegalArgumentException if there is no such driver
   * @throws dev.tcplay.model.SeveralPartitionsException if several partitions have a file system
   * @throws java.nio.file.FileSystemException if the file system is damaged at its root, or mounted
   *     already, to be written
   * @throws IOException if the container cannot be read
   */
  public MountedVolume mount() throws IOException {
    return container.mount();
  }

  @Override
  public void close() throws IOException {
    container.close();
  }
}
