package dev.tcplay.partition;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The first sector of a disk as a master boot record: four entries, and 55 AA behind them. */
final class Mbr {

  static final int SECTOR = 512;

  private static final int SIGNATURE_OFFSET = 510;
  private static final int ENTRIES_OFFSET = 446;
  private static final int ENTRY_SIZE = 16;
  private static final int ENTRIES = 4;
  private static final int ACTIVE = 0x80;

  /**
   * An entry of a table.
   *
   * @param status 0x80 if the system is started from it, else 0
   * @param type the number of its type, 0 if the entry is free
   * @param first its first sector, from where the table counts
   * @param sectors how many it has, 0 if the entry is free
   */
  record Entry(int status, int type, long first, long sectors) {

    boolean isFree() {
      return type == 0 || sectors == 0;
    }

    boolean isExtended() {
      return MbrTypes.isExtended(type);
    }

    /** Returns whether it lies wholly between the table and the end of a disk. */
    boolean isInside(long diskSectors) {
      return first > 0 && first < diskSectors && sectors <= diskSectors - first;
    }
  }

  private final List<Entry> entries;
  private final boolean bootSector;

  private Mbr(List<Entry> entries, boolean bootSector) {
    this.entries = entries;
    this.bootSector = bootSector;
  }

  /** Reads the first sector; empty if no entry in it can be one. */
  static Optional<Mbr> read(BlockDevice disk) throws IOException {
    if (disk.size() < SECTOR) {
      return Optional.empty();
    }
    byte[] sector = new byte[SECTOR];
    disk.read(0, sector, 0, SECTOR);
    List<Entry> entries = entries(sector);
    boolean lawful = entries.stream().allMatch(e -> e.status() == 0 || e.status() == ACTIVE);
    return lawful && entries.stream().anyMatch(e -> !e.isFree())
        ? Optional.of(new Mbr(entries, BootSectors.isOne(sector)))
        : Optional.empty();
  }

  /** Returns the four entries of a sector, none if 55 AA is missing. */
  static List<Entry> entries(byte[] sector) {
    ByteBuffer bytes = ByteBuffer.wrap(sector).order(ByteOrder.LITTLE_ENDIAN);
    List<Entry> entries = new ArrayList<>();
    if (bytes.getShort(SIGNATURE_OFFSET) == (short) 0xAA55) {
      for (int i = 0; i < ENTRIES; i++) {
        int at = ENTRIES_OFFSET + i * ENTRY_SIZE;
        entries.add(
            new Entry(
                Byte.toUnsignedInt(bytes.get(at)),
                Byte.toUnsignedInt(bytes.get(at + 4)),
                Integer.toUnsignedLong(bytes.getInt(at + 8)),
                Integer.toUnsignedLong(bytes.getInt(at + 12))));
      }
    }
    return entries;
  }

  /** Returns whether it says that there is a GPT. */
  boolean isProtective() {
    return entries.stream().anyMatch(e -> !e.isFree() && e.type() == MbrTypes.PROTECTIVE);
  }

  /** Returns whether the sector is the boot sector of a file system, by its other marks. */
  boolean isBootSector() {
    return bootSector;
  }

  /** Returns whether it lists partitions itself, beside a GPT. */
  boolean hasPartitions() {
    return entries.stream().anyMatch(Mbr::isPartition);
  }

  private static boolean isPartition(Entry entry) {
    return !entry.isFree() && entry.type() != MbrTypes.PROTECTIVE;
  }

  /**
   * Returns whether this is a table. In a boot sector text or code may stand in place of entries,
   * so there each one must be sound.
   */
  boolean isCredible(long diskSize) {
    return !bootSector
        || entries.stream().filter(Mbr::isPartition).allMatch(e -> e.isInside(diskSize / SECTOR));
  }

  /** Tells of partitions that stand beside a GPT that counts. */
  void warnOfOthers(Listing listing) {
    if (hasPartitions()) {
      listing.warn("the MBR lists partitions too (hybrid MBR); those of the GPT count");
    }
  }

  /** Lists the partitions, logical ones too. */
  void list(BlockDevice disk, Listing listing) throws IOException {
    ExtendedChains chains = new ExtendedChains(disk, listing);
    for (int i = 0; i < ENTRIES; i++) {
      Entry entry = entries.get(i);
      if (isPartition(entry)) {
        int number = i + 1;
        String type = MbrTypes.name(entry.type());
        listing.add(number, type, "", entry.first(), entry.sectors(), SECTOR);
        if (entry.isExtended()) {
          chains.follow(number, entry);
        }
      }
    }
  }
}
