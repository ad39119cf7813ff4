package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.GrownFileSystem;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.cluster.Findings;
import dev.tcplay.fs.cluster.NameBudget;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Gives a volume more clusters, as many as its table has room for and its type allows; tables and
 * clusters stay where they are. The mark of being in use stands meanwhile.
 *
 * <p>The entries of the new clusters are free in every table before a boot sector counts them, the
 * backup's before the first one's, and the count of free clusters comes last. So what a cut leaves
 * is the mark, perhaps in one of the tables only, a backup that differs in its total, a free count
 * that is too low; and each of them the next call puts right.
 */
final class FatGrowth {

  private static final long MAX_SECTORS = 0xFFFF_FFFFL;
  private static final int NO_SECTOR = 0xFFFF;

  private static final int STEP = 1 << 16;

  /** Even, so that an entry of FAT12 begins with a byte where a step does. */
  private static final int ENTRIES_IN_STEP = 1 << 14;

  private final BlockDevice device;
  private final MountOptions options;
  private final BootSector boot;
  private final Geometry geometry;
  private final long dataSector;
  private final long sectors;

  FatGrowth(BlockDevice device, BootRegion region, MountOptions options) {
    this.device = device;
    this.options = options;
    this.boot = region.boot();
    this.geometry = region.geometry();
    this.dataSector = geometry.dataPosition() / geometry.sectorSize();
    this.sectors = Math.min(MAX_SECTORS, device.size() / geometry.sectorSize());
  }

  /** Lets the volume grow, unless a check finds it damaged. */
  GrownFileSystem run() throws IOException {
    Map<String, Finding> findings = findings();
    for (Finding finding : findings.values()) {
      if (!mayComeFromCut(finding)) {
        return grown(
            geometry.length(),
            Optional.of(
                "a check finds damage (%s) to be repaired first".formatted(finding.kind())));
      }
    }
    long clusters = Math.max(geometry.clusters(), Math.min(byVolume(), mostClusters()));
    boolean grows = clusters > geometry.clusters();
    long total = grows ? total(clusters) : boot.totalSectors();
    if (grows || !findings.isEmpty()) {
      grow((int) clusters, total);
    }
    return grown(total * geometry.sectorSize(), limit(clusters));
  }

  /** Returns the first finding of each kind, but for what is no damage. */
  private Map<String, Finding> findings() throws IOException {
    Map<String, Finding> first = new LinkedHashMap<>();
    Findings consumer = new Findings(finding -> first.putIfAbsent(finding.kind(), finding));
    new FatCheck(device, new BootRegion(boot, geometry, null), options, consumer).run();
    first.remove(NameBudget.NOT_COMPARED);
    return first;
  }

  private GrownFileSystem grown(long bytes, Optional<String> limit) {
    return new GrownFileSystem(geometry.type().name(), geometry.length(), bytes, limit);
  }

  private boolean mayComeFromCut(Finding finding) throws IOException {
    return switch (finding.kind()) {
      case "dirty", "free-count" -> true;
      case "fats-differ" -> doDifferInMarks();
      case "backup-differs" -> {
        BootSector backup = BootSector.read(device, backupPosition());
        yield backup.hasSignature()
            && boot.withTotalSectors(sectors).isCopyOf(backup.withTotalSectors(sectors));
      }
      default -> false;
    };
  }

  /** The mark of being in use may have reached one of the tables. */
  private boolean doDifferInMarks() throws IOException {
    FatType type = geometry.type();
    long used = (((long) Geometry.FIRST_CLUSTER + geometry.clusters()) * type.bits() + 7) / 8;
    byte[] first = new byte[STEP];
    byte[] other = new byte[STEP];
    for (long copy : TableEdit.copies(boot, geometry)) {
      for (long at = 0; at < used; at += STEP) {
        int bytes = (int) Math.min(STEP, used - at);
        device.read(geometry.fatPosition() + at, first, 0, bytes);
        device.read(copy + at, other, 0, bytes);
        if (at == 0) {
          DirtyMark.hide(first, type);
          DirtyMark.hide(other, type);
        }
        if (!Arrays.equals(first, 0, bytes, other, 0, bytes)) {
          return false;
        }
      }
    }
    return true;
  }

  private long byVolume() {
    return (sectors - dataSector) / boot.sectorsPerCluster();
  }

  private long byTable() {
    return geometry.fatLength() * 8 / geometry.type().bits() - Geometry.FIRST_CLUSTER;
  }

  /** Returns how many clusters the table has room for, and a volume of the type may have. */
  private long mostClusters() {
    return Math.min(byTable(), byType());
  }

  /**
   * A FAT32 volume with the clusters of a smaller type, as VeraCrypt makes them, keeps to these.
   */
  private long byType() {
    boolean few = geometry.clusters() < Geometry.FAT16_CLUSTERS;
    return switch (geometry.type()) {
      case FAT12 -> Geometry.FAT12_CLUSTERS - 1;
      case FAT16 -> Geometry.FAT16_CLUSTERS - 1;
      case FAT32 -> (few ? Geometry.FAT16_CLUSTERS : Geometry.FAT32_CLUSTERS) - 1;
    };
  }

  /** Sectors that make no whole cluster belong to the volume where its end is not the table's. */
  private long total(long clusters) {
    return clusters == byVolume() ? sectors : dataSector + clusters * boot.sectorsPerCluster();
  }

  private Optional<String> limit(long clusters) {
    if (clusters >= byVolume()) {
      return sectors < MAX_SECTORS
          ? Optional.empty()
          : Optional.of("FAT counts no more than %d sectors".formatted(MAX_SECTORS));
    }
    if (byTable() > byType()) {
      return Optional.of(
          "with more than %d clusters it would be of another type".formatted(byType()));
    }
    long more = clusters - geometry.clusters();
    return Optional.of(
        more == 0
            ? "its table has room for no more clusters"
            : "its table had room for %d clusters more".formatted(more));
  }

  private void grow(int clusters, long total) throws IOException {
    FatWriter writer = new FatWriter(device, boot, geometry, new FatTable(device, geometry), false);
    writer.begin().close();
    for (long copy : TableEdit.copies(boot, geometry)) {
      freeEntries(copy, clusters);
    }
    device.flush();
    if (hasBackup()) {
      writeTotal(backupPosition(), total);
    }
    writeTotal(0, total);
    BootSector grown = BootSector.read(device, 0);
    int free = new FatTable(device, Geometry.of(grown)).countFree();
    FsInfo.read(device, grown).writeCount(device, free);
    writer.clean();
  }

  private boolean hasBackup() {
    return boot.isFat32() && boot.backupSector() != 0 && boot.backupSector() != NO_SECTOR;
  }

  private long backupPosition() {
    return (long) boot.backupSector() * geometry.sectorSize();
  }

  /** What stands behind the last cluster's entry may be anything, also in what FAT32 keeps. */
  private void freeEntries(long copy, int clusters) throws IOException {
    FatType type = geometry.type();
    long end = (long) Geometry.FIRST_CLUSTER + clusters;
    long next;
    for (long first = end - clusters + geometry.clusters(); first < end; first = next) {
      next = Math.min(end, (first / ENTRIES_IN_STEP + 1) * ENTRIES_IN_STEP);
      long start = type.position(first);
      byte[] old = new byte[(int) (type.position(next - 1) + type.width() - start)];
      device.read(copy + start, old, 0, old.length);
      byte[] bytes = new byte[old.length];
      if (type == FatType.FAT12 && first % 2 != 0) {
        bytes[0] = (byte) (old[0] & 0x0F); // of the entry before
      }
      if (!Arrays.equals(old, bytes)) {
        device.write(copy + start, bytes, 0, bytes.length);
      }
    }
  }

  /** Writes a boot sector as it stands, but for the total, in one piece. */
  private void writeTotal(long position, long total) throws IOException {
    byte[] sector = BootSector.read(device, position).withTotalSectors(total).bytes();
    device.write(position, sector, 0, sector.length);
    device.flush();
  }
}
