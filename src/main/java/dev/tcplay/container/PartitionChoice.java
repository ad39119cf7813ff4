package dev.tcplay.container;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.KeptDevice;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.PartitionInfo;
import dev.tcplay.model.SeveralPartitionsException;
import dev.tcplay.partition.Partition;
import dev.tcplay.partition.PartitionTable;
import dev.tcplay.volume.Likeness;
import dev.tcplay.volume.OpenedVolume;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An open volume that is a disk with a partition table, and the choice of one of its parts. */
final class PartitionChoice {

  private static final String OPTION =
      ContainerOptions.PARTITION + ", in the command --" + ContainerOptions.PARTITION;

  /** A message names so many partitions; the command {@code info} lists all. */
  private static final int MOST_TOLD = 16;

  private final Path place;
  private final OpenedVolume disk;
  private final PartitionTable table;
  private final Drivers drivers = Drivers.named(Optional.empty());

  private PartitionChoice(Path place, OpenedVolume disk, PartitionTable table) {
    this.place = place;
    this.disk = disk;
    this.table = table;
  }

  /**
   * Reads the partition table of an open volume.
   *
   * @param place what exceptions call the container
   * @return empty if it has none
   * @throws IOException if the volume cannot be read
   */
  static Optional<PartitionChoice> of(Path place, OpenedVolume volume) throws IOException {
    return PartitionTable.read(volume.plaintext())
        .map(table -> new PartitionChoice(place, volume, table));
  }

  /**
   * Returns what of an open volume is to be mounted: the only partition that a driver recognises if
   * none recognises the whole, else the whole. Closing it closes the volume.
   *
   * @param drivers those that may mount it
   * @throws SeveralPartitionsException if several are recognised
   * @throws IOException if the volume cannot be read
   */
  static OpenedVolume forMounting(Path place, OpenedVolume volume, Drivers drivers)
      throws IOException {
    // A partition that the caller chose is mounted whatever it begins with.
    if (volume.info().partition().isPresent() || drivers.recognise(volume.plaintext())) {
      return volume;
    }
    Optional<PartitionChoice> choice = of(place, volume);
    return choice.isPresent() ? choice.get().recognised(drivers) : volume;
  }

  /**
   * Returns the partition of a number in place of the volume, which closing it closes.
   *
   * @throws FileSystemException if there is none, or it only holds logical partitions
   * @throws IOException if the volume cannot be read
   */
  static OpenedVolume numbered(Path place, OpenedVolume volume, int number) throws IOException {
    Optional<PartitionChoice> choice = of(place, volume);
    if (choice.isEmpty()) {
      throw new FileSystemException(
          place.toString(), null, "has no partition table, so no partition " + number);
    }
    return choice.get().numbered(number);
  }

  private OpenedVolume numbered(int number) throws IOException {
    for (Partition partition : table.partitions()) {
      if (partition.number() == number) {
        if (partition.isExtended()) {
          throw new FileSystemException(
              place.toString(),
              null,
              "partition " + number + " only holds logical partitions, from 5 on");
        }
        return only(partition);
      }
    }
    String there = table.partitions().isEmpty() ? "" : "; there are " + text(partitions());
    throw new FileSystemException(
        place.toString(), null, "has no partition " + number + there + told(table.warnings()));
  }

  private OpenedVolume recognised(Drivers candidates) throws IOException {
    List<Partition> known = new ArrayList<>();
    for (Partition partition : table.partitions()) {
      if (!partition.isExtended() && candidates.recognise(window(partition))) {
        known.add(partition);
      }
    }
    if (known.isEmpty()) {
      return new OpenedVolume(disk.plaintext(), disk.info(), warnings(Stream.of(noneIsKnown())));
    } else if (known.size() > 1) {
      List<PartitionInfo> choices = describe(known);
      String reason =
          "has several partitions with a file system, and which one is to be said ("
              + OPTION
              + "): "
              + text(choices);
      throw new SeveralPartitionsException(place.toString(), reason, choices);
    }
    return only(known.get(0));
  }

  private String noneIsKnown() throws IOException {
    return table.partitions().isEmpty()
        ? "the volume has a partition table without partitions"
        : "the volume is shown whole, as no partition has a file system that is known ("
            + OPTION
            + ", shows one): "
            + text(partitions());
  }

  /** Returns all partitions in the order of their numbers. */
  List<PartitionInfo> partitions() throws IOException {
    return describe(table.partitions());
  }

  /** Returns what is amiss with the table, a sentence each. */
  List<String> warnings() {
    return table.warnings();
  }

  private List<String> warnings(Stream<String> more) {
    return Stream.of(disk.warnings().stream(), table.warnings().stream(), more)
        .flatMap(each -> each)
        .toList();
  }

  private OpenedVolume only(Partition partition) throws IOException {
    PartitionInfo info = describe(partition);
    return new OpenedVolume(
        new LinearDevice(disk.plaintext(), partition.start(), partition.length()),
        disk.info().ofPartition(info),
        warnings(Stream.empty()));
  }

  private List<PartitionInfo> describe(List<Partition> partitions) throws IOException {
    List<PartitionInfo> described = new ArrayList<>();
    for (Partition partition : partitions) {
      described.add(describe(partition));
    }
    return described;
  }

  private PartitionInfo describe(Partition partition) throws IOException {
    return described(partition, window(partition), drivers);
  }

  /**
   * Returns the facts of a partition that is open already.
   *
   * @param plaintext what it holds; it stays open
   * @throws IOException if that cannot be read
   */
  static PartitionInfo describe(Partition partition, BlockDevice plaintext) throws IOException {
    BlockDevice window = window(plaintext, 0, plaintext.size());
    return described(partition, window, Drivers.named(Optional.empty()));
  }

  private static PartitionInfo described(Partition partition, BlockDevice window, Drivers drivers)
      throws IOException {
    return new PartitionInfo(
        partition.number(),
        partition.type(),
        partition.label(),
        partition.start(),
        partition.length(),
        partition.isExtended() ? Optional.empty() : fileSystem(window, drivers));
  }

  private static Optional<String> fileSystem(BlockDevice window, Drivers drivers)
      throws IOException {
    return drivers.recognise(window)
        ? Optional.of(drivers.type(window, MountOptions.DEFAULT))
        : Likeness.volumeType(window);
  }

  private BlockDevice window(Partition partition) {
    return window(disk.plaintext(), partition.start(), partition.length());
  }

  /** Returns a part of a device to be looked at; closing it only flushes. */
  private static BlockDevice window(BlockDevice device, long start, long length) {
    return new KeptDevice(LinearDevice.readOnly(device, start, length));
  }

  private static String told(List<String> warnings) {
    return warnings.isEmpty() ? "" : "; " + String.join("; ", warnings);
  }

  private static String text(List<PartitionInfo> partitions) {
    int left = partitions.size() - MOST_TOLD;
    return partitions.stream()
        .limit(MOST_TOLD)
        .map(PartitionChoice::text)
        .collect(Collectors.joining("; ", "", left > 0 ? "; and " + left + " more" : ""));
  }

  private static String text(PartitionInfo partition) {
    return "%d %s%s, %d bytes, %s"
        .formatted(
            partition.number(),
            partition.type(),
            partition.label().isEmpty() ? "" : " \"" + partition.label() + '"',
            partition.length(),
            partition.fileSystem().orElse("no known file system"));
  }
}
