package dev.tcplay.partition;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The partition table of a disk. What a table says is never believed further than the disk reaches:
 * partitions behind its end are left out, those that cross it are cut, chains that loop end where
 * they meet themselves, and a {@linkplain #warnings warning} tells of each. Immutable.
 */
public final class PartitionTable {

  private static final String MBR = "MBR";
  private static final String GPT = "GPT";

  private final String scheme;
  private final List<Partition> partitions;
  private final List<String> warnings;

  PartitionTable(String scheme, List<Partition> partitions, List<String> warnings) {
    this.scheme = scheme;
    this.partitions = List.copyOf(partitions);
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Reads the table of a disk. A GPT counts where the MBR says that there is one; its sectors may
   * have 512 or 4096 bytes, those of an MBR have 512. The boot sectors of FAT, NTFS and the like
   * end as an MBR does, and are told apart. A few MiB are read at most.
   *
   * @return the table, with no partitions if it is damaged beyond use; empty if there is none
   * @throws IOException if the disk fails; never for what is on it
   */
  public static Optional<PartitionTable> read(BlockDevice disk) throws IOException {
    Optional<Mbr> found = Mbr.read(disk);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Mbr mbr = found.get();
    Listing listing = new Listing(disk.size());
    if (mbr.isProtective()) {
      if (new Gpt(disk, listing).read()) {
        mbr.warnOfOthers(listing);
        return Optional.of(listing.table(GPT));
      } else if (mbr.isBootSector()) {
        return Optional.empty();
      } else if (!mbr.hasPartitions()) {
        return Optional.of(listing.table(GPT));
      }
    }
    if (!mbr.isCredible(disk.size())) {
      return Optional.empty();
    }
    mbr.list(disk, listing);
    return Optional.of(listing.table(MBR));
  }

  /** Returns {@code MBR} or {@code GPT}. */
  public String scheme() {
    return scheme;
  }

  /** Returns the partitions in the order of their numbers, at most 256. */
  public List<Partition> partitions() {
    return partitions;
  }

  /** Returns what is amiss with the table though it could be read, a sentence each. */
  public List<String> warnings() {
    return warnings;
  }
}
