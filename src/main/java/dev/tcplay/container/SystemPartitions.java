package dev.tcplay.container;

import static java.util.stream.Collectors.joining;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.model.EncryptedScope;
import dev.tcplay.partition.Partition;
import dev.tcplay.partition.PartitionTable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.OptionalInt;

/**
 * The partitions of a system drive that its header may speak of: the one that starts with the
 * scope, or, where the whole drive is encrypted, those inside it.
 *
 * @param fitting these partitions, in the order of their numbers
 */
record SystemPartitions(List<Partition> fitting) {

  /** What is said where no partition fits. */
  static final String NONE = "no partition starts at the encrypted scope or lies in it";

  /** Copies the list. */
  SystemPartitions {
    fitting = List.copyOf(fitting);
  }

  /**
   * Reads the table of a drive; without a table no partition fits.
   *
   * @param disk the whole drive, decrypted
   */
  static SystemPartitions of(BlockDevice disk, EncryptedScope scope) throws IOException {
    List<Partition> all =
        PartitionTable.read(disk).map(PartitionTable::partitions).orElse(List.of()).stream()
            .filter(partition -> !partition.isExtended())
            .toList();
    List<Partition> atStart =
        all.stream().filter(partition -> partition.start() == scope.start()).toList();
    return new SystemPartitions(
        atStart.isEmpty()
            ? all.stream().filter(partition -> liesIn(partition, scope)).toList()
            : atStart);
  }

  private static boolean liesIn(Partition partition, EncryptedScope scope) {
    return partition.start() >= scope.start() && partition.start() < scope.end();
  }

  /**
   * Returns the partition of a number, or the only one.
   *
   * @param disk what exceptions call the drive
   * @throws FileSystemException if there is none, or several and no number was said
   */
  Partition choose(OptionalInt number, String disk) throws FileSystemException {
    List<Partition> chosen =
        fitting.stream()
            .filter(each -> number.isEmpty() || each.number() == number.getAsInt())
            .toList();
    if (chosen.size() == 1) {
      return chosen.get(0);
    } else if (fitting.isEmpty()) {
      throw new FileSystemException(disk, null, NONE);
    }
    String problem =
        number.isPresent()
            ? "partition %d is not one of the encrypted ones: ".formatted(number.getAsInt())
            : "several partitions are encrypted, and none was chosen (partition, in the command"
                + " --partition N; fde, in the command --fde, shows the whole disk): ";
    throw new FileSystemException(disk, null, problem + describe());
  }

  /** Names the partitions, for messages. */
  String describe() {
    return fitting.stream()
        .map(each -> each.number() + " (" + each.type() + ", " + each.length() + " bytes)")
        .collect(joining(", "));
  }
}
