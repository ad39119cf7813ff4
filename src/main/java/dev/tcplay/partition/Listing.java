package dev.tcplay.partition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what a table lists, of which nothing is believed that does not lie on the disk. */
final class Listing {

  /** As many as Linux has names for; so many warnings are enough too. */
  static final int MOST = 256;

  private final long diskSize;
  private final List<Partition> partitions = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  Listing(long diskSize) {
    this.diskSize = diskSize;
  }

  long diskSize() {
    return diskSize;
  }

  /**
   * Adds a partition, or what lies of it on the disk.
   *
   * @param first its first sector, without sign
   * @param sectors how many it has, at least 1, without sign
   */
  void add(int number, String type, String label, long first, long sectors, int sectorSize) {
    long all = diskSize / sectorSize;
    if (Long.compareUnsigned(first, all) >= 0) {
      warn(
          "partition %d begins at sector %s, where the disk has ended, and is left out"
              .formatted(number, Long.toUnsignedString(first)));
    } else if (partitions.size() == MOST) {
      warn("there are more than %d partitions; the others are left out".formatted(MOST));
    } else {
      long there = Long.compareUnsigned(sectors, all - first) > 0 ? all - first : sectors;
      if (there != sectors) {
        warn(
            "partition %d has %s sectors, of which the disk has only the first %d"
                .formatted(number, Long.toUnsignedString(sectors), there));
      }
      if (first == 0) {
        warn("partition %d begins where the partition table is".formatted(number));
      }
      partitions.add(new Partition(number, type, label, first * sectorSize, there * sectorSize));
    }
  }

  /** Adds a warning, if it is new. */
  void warn(String warning) {
    if (warnings.size() < MOST && !warnings.contains(warning)) {
      warnings.add(warning);
    }
  }

  /** Ends the listing; partitions come in the order of their numbers. */
  PartitionTable table(String scheme) {
    warnOfOverlaps();
    partitions.sort(Comparator.comparingInt(Partition::number));
    return new PartitionTable(scheme, partitions, warnings);
  }

  private void warnOfOverlaps() {
    List<Partition> inOrder =
        partitions.stream()
            .filter(partition -> !partition.isExtended())
            .sorted(Comparator.comparingLong(Partition::start))
            .toList();
    Partition reaching = null;
    for (Partition next : inOrder) {
      if (reaching != null && next.start() - reaching.start() < reaching.length()) {
        warn(
            "partitions %d and %d overlap"
                .formatted(
                    Math.min(reaching.number(), next.number()),
                    Math.max(reaching.number(), next.number())));
      }
      if (reaching == null || end(next) > end(reaching)) {
        reaching = next;
      }
    }
  }

  private static long end(Partition partition) {
    return partition.start() + partition.length();
  }
}
