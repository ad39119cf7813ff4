package dev.tcplay.partition;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.partition.Mbr.Entry;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The logical partitions of an MBR. An extended partition begins with a table of its own, which has
 * a partition, counted from that table, and a link to the next table, counted from the beginning of
 * the extended partition.
 */
final class ExtendedChains {

  private static final int FIRST_NUMBER = 5;

  private final BlockDevice disk;
  private final Listing listing;
  private final Set<Long> seen = new HashSet<>();
  private int number = FIRST_NUMBER;

  ExtendedChains(BlockDevice disk, Listing listing) {
    this.disk = disk;
    this.listing = listing;
  }

  /** Lists the logical partitions of an extended one, which go on from those of the one before. */
  void follow(int extendedNumber, Entry extended) throws IOException {
    Entry link = extended;
    long here = extended.first();
    while (mayRead(extendedNumber, here)) {
      byte[] sector = new byte[Mbr.SECTOR];
      disk.read(here * Mbr.SECTOR, sector, 0, Mbr.SECTOR);
      List<Entry> entries = Mbr.entries(sector);
      // Some tools write no table where there is no logical partition yet.
      if (entries.isEmpty() && !(here == extended.first() && isBlank(sector))) {
        warnOfCut(extendedNumber, "there is no table at sector " + here);
      }
      listData(entries, here, link, extended);
      Optional<Entry> next =
          entries.stream().filter(e -> e.sectors() > 0 && e.isExtended()).findFirst();
      if (next.isEmpty()) {
        return;
      }
      link = next.get();
      here = extended.first() + link.first();
    }
  }

  private boolean mayRead(int extendedNumber, long sector) {
    if (sector >= listing.diskSize() / Mbr.SECTOR) {
      warnOfCut(extendedNumber, "it goes on at sector " + sector + ", where the disk has ended");
    } else if (seen.size() == Listing.MOST) {
      warnOfCut(extendedNumber, "it has more than " + Listing.MOST + " tables");
    } else if (!seen.add(sector)) {
      warnOfCut(extendedNumber, "it comes to the table at sector " + sector + " again");
    } else {
      return true;
    }
    return false;
  }

  private void warnOfCut(int extendedNumber, String why) {
    listing.warn("the chain of extended partition %d is cut: %s".formatted(extendedNumber, why));
  }

  private static boolean isBlank(byte[] sector) {
    for (byte one : sector) {
      if (one != 0) {
        return false;
      }
    }
    return true;
  }

  /** The first two entries have data or a link; the last two are free, and may hold anything. */
  private void listData(List<Entry> entries, long here, Entry link, Entry extended) {
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      long start = here + entry.first();
      boolean fits =
          entry.first() + entry.sectors() <= link.sectors()
              && start + entry.sectors() <= extended.first() + extended.sectors();
      if (entry.sectors() > 0 && !entry.isExtended() && (i < 2 || fits)) {
        if (!entry.isFree()) {
          String type = MbrTypes.name(entry.type());
          listing.add(number, type, "", start, entry.sectors(), Mbr.SECTOR);
        }
        number++;
      }
    }
  }
}
