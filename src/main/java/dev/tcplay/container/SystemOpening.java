package dev.tcplay.container;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.InsetDevice;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.block.ZeroDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.model.EncryptedScope;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.partition.Partition;
import dev.tcplay.partition.PartitionTable;
import dev.tcplay.volume.OpenedVolume;
import dev.tcplay.volume.SystemDrive;
import dev.tcplay.volume.UnlockRequest;
import dev.tcplay.volume.Unlocker;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Opens what belongs to a system drive but is not simply the drive: its encrypted partition, a
 * partition whose disk, with the header, is elsewhere, and a hidden operating system.
 *
 * @param place what exceptions call the host
 * @param partition the number of the partition that is wanted, if said
 */
record SystemOpening(Path place, OptionalInt partition) {

  /**
   * Opens the partition that starts at the encrypted scope of a disk, or lies in it; where there is
   * none the scope itself.
   *
   * @param disk the result takes it over, and it is closed on failure
   * @param request as for {@link SystemDrive#open}
   * @throws FileSystemException if several partitions lie in the scope and none is chosen
   */
  OpenedVolume encryptedPartition(BlockDevice disk, UnlockRequest request) throws IOException {
    OpenedVolume opened = Unlocker.open(disk, place.toString(), request);
    try (Closer onFailure = new Closer()) {
      BlockDevice whole = onFailure.add(opened.plaintext());
      EncryptedScope scope = opened.info().scope().orElseThrow();
      SystemPartitions partitions = SystemPartitions.of(whole, scope);
      OpenedVolume result =
          partitions.fitting().isEmpty() && partition.isEmpty()
              ? scopeAlone(opened, scope)
              : PartitionChoice.numbered(
                  place, opened, partitions.choose(partition, place.toString()).number());
      onFailure.release();
      return result;
    }
  }

  private static OpenedVolume scopeAlone(OpenedVolume opened, EncryptedScope scope) {
    List<String> warnings = new ArrayList<>(opened.warnings());
    warnings.add(SystemPartitions.NONE + "; this is the whole scope");
    long size = opened.plaintext().size();
    long start = Math.min(scope.start(), size);
    long length = Math.min(scope.length(), size - start);
    return new OpenedVolume(
        new LinearDevice(opened.plaintext(), start, length),
        opened.info().ofPart(start, length),
        List.copyOf(warnings));
  }

  /**
   * Opens the host as a partition of a disk that holds the header.
   *
   * @param host the partition; the result takes it over, and it stays the caller's on failure
   * @param systemDisk the disk, or its first track at least
   * @param request as for {@link SystemDrive#open}
   * @throws FileSystemException if no partition of the disk is encrypted, or several and none is
   *     chosen
   */
  OpenedVolume partition(BlockDevice host, Path systemDisk, UnlockRequest request)
      throws IOException {
    HostOpen how = HostOpen.reading().unlocked().by("the opening of " + place);
    try (BlockDevice disk = FileDevice.open(systemDisk, how);
        SystemDrive drive = SystemDrive.open(disk, systemDisk.toString(), request)) {
      Partition wanted = wanted(disk, systemDisk, drive);
      OpenedVolume opened = drive.partition(host, wanted.start(), wanted.length());
      return new OpenedVolume(
          opened.plaintext(),
          opened.info().withPartition(PartitionChoice.info(wanted, Optional.empty())),
          opened.warnings());
    }
  }

  private Partition wanted(BlockDevice disk, Path systemDisk, SystemDrive drive)
      throws IOException {
    // Tables lie behind the first track, too, and in the encrypted part; so the whole disk is read.
    try (BlockDevice plaintext = drive.disk(atLeast(disk, drive.scope().end())).plaintext()) {
      SystemPartitions partitions = SystemPartitions.of(plaintext, drive.scope());
      return partitions.choose(partition, systemDisk.toString());
    }
  }

  /** Shows zeros behind the end of a disk of which only the start is there. */
  private static BlockDevice atLeast(BlockDevice disk, long size) {
    BlockDevice start = LinearDevice.shared(disk, 0, disk.size());
    return disk.size() >= size ? start : new InsetDevice(new ZeroDevice(size), start, 0, true);
  }

  /**
   * Opens the hidden operating system in a partition of a disk. Its header is that of an ordinary
   * hidden volume, in the partition behind the system's; so the partitions are tried in order.
   *
   * @param disk the result takes it over, and it stays the caller's on failure
   * @param request as for {@link Unlocker#open}, for a hidden volume that is no system drive
   */
  OpenedVolume hiddenSystem(BlockDevice disk, UnlockRequest request) throws IOException {
    List<Partition> partitions =
        PartitionTable.read(disk).map(PartitionTable::partitions).orElse(List.of());
    IOException failure =
        new FileSystemException(
            place.toString(), null, "no partition that could hold a hidden system");
    for (Partition candidate : partitions) {
      boolean excluded = partition.isPresent() && partition.getAsInt() != candidate.number();
      if (!excluded && !candidate.isExtended()) {
        try {
          BlockDevice host = new LinearDevice(disk, candidate.start(), candidate.length());
          String name = place + ", partition " + candidate.number();
          OpenedVolume opened = Unlocker.open(host, name, request);
          return new OpenedVolume(
              opened.plaintext(), opened.info().movedBy(candidate.start()), opened.warnings());
        } catch (WrongPasswordException e) {
          failure = e;
        }
      }
    }
    throw failure;
  }
}
