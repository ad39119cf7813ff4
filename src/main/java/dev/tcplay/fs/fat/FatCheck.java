package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.cluster.Findings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Looks for damage on a whole volume and writes nothing.
 *
 * <p>Cost: one pass over every table, one over the directories, and a second one over the
 * directories if clusters are shared, to name both owners. Memory: two bits for each cluster, and
 * the path that is open.
 */
final class FatCheck {

  private static final int COMPARE_BYTES = 1 << 16;
  private static final int NO_SECTOR = 0xFFFF;

  private final BlockDevice volume;
  private final TableChoice choice;
  private final BlockDevice device;
  private final BootRegion region;
  private final BootSector boot;
  private final Geometry geometry;
  private final FatTable table;
  private final MountOptions options;
  private final Findings findings;

  FatCheck(BlockDevice volume, BootRegion region, MountOptions options, Findings findings) {
    this.volume = volume;
    this.region = region;
    this.boot = region.boot();
    this.geometry = region.geometry();
    this.choice = TableChoice.asWhole(volume, region);
    this.device = choice.view(volume, geometry);
    this.table = new FatTable(device, geometry);
    this.options = options;
    this.findings = findings;
  }

  void run() throws IOException {
    checkBoot();
    checkFlags();
    checkCopies();
    ClusterClaims claims = new ClusterClaims(table, geometry, cluster -> {});
    TreeCheck tree =
        new TreeCheck(device, region, claims, options.codePage(), findings, CheckNotes.NONE);
    tree.run();
    int free = claims.checkUnclaimed(findings);
    checkFsInfo(free);
    nameOwners(tree.conflicts());
  }

  private void checkBoot() throws IOException {
    if (region.damage() != null) {
      findings.volume("boot-sector", region.damage());
    }
    if (geometry.length() > device.size()) {
      findings.volume(
          "volume-size",
          "%d bytes, but only %d are there".formatted(geometry.length(), device.size()));
    }
    if (!geometry.hasWholeRoot() || (boot.isFat32() && boot.rootEntries() != 0)) {
      findings.volume(
          "root-entries",
          boot.isFat32()
              ? "the boot sector gives %d root entries, FAT32 has none"
                  .formatted(boot.rootEntries())
              : "%d root entries do not fill their last sector".formatted(boot.rootEntries()));
    }
    if (geometry.counted() > geometry.clusters()) {
      findings.volume(
          "table-size",
          "the volume has %d clusters, the table room for %d"
              .formatted(geometry.counted(), geometry.clusters()));
    }
    int backup = boot.backupSector();
    if (boot.isFat32() && backup != 0 && backup != NO_SECTOR) {
      BootSector copy = BootSector.read(device, (long) backup * geometry.sectorSize());
      if (!boot.isCopyOf(copy)) {
        findings.volume("backup-differs", "boot sector and its backup differ");
      }
    }
  }

  private void checkFlags() throws IOException {
    if (choice.fault() != null) {
      findings.volume(choice.fault().kind(), choice.fault().text());
    }
    FatType type = geometry.type();
    FatTable.Cursor cursor = table.cursor();
    int media = cursor.get(0);
    if (media != ((type.end() & ~0xFF) | boot.media())) {
      findings.volume(
          "fat-media", "entry 0 is %X, the media byte is %02X".formatted(media, boot.media()));
    }
    int flags = type == FatType.FAT12 ? -1 : cursor.get(1);
    int clean = type == FatType.FAT32 ? 1 << 27 : 1 << 15;
    if ((boot.state() & 1) != 0 || (flags & clean) == 0) {
      findings.volume("dirty", "the volume was not closed");
    }
    if ((boot.state() & 2) != 0 || (flags & (clean >> 1)) == 0) {
      findings.volume("media-errors", "the medium had errors");
    }
  }

  private void checkCopies() throws IOException {
    if (!boot.isMirrored()) {
      return;
    }
    for (int fat = 0; fat < boot.fats(); fat++) {
      if (fat != choice.copy()) {
        compare(fat);
      }
    }
  }

  /** Returns the bits of a table that are entries of clusters; what follows is of no meaning. */
  private long usedBits() {
    return ((long) Geometry.FIRST_CLUSTER + geometry.clusters()) * geometry.type().bits();
  }

  /**
   * Compares a copy with the one that is read, as far as there are clusters and it can be read
   * itself.
   */
  private void compare(int fat) throws IOException {
    byte[] live = new byte[COMPARE_BYTES];
    byte[] copy = new byte[COMPARE_BYTES];
    long used = usedBits() / 8;
    boolean isHalf = usedBits() % 8 != 0;
    for (long at = 0; at < used + (isHalf ? 1 : 0); at += COMPARE_BYTES) {
      int bytes = (int) Math.min(COMPARE_BYTES, used + (isHalf ? 1 : 0) - at);
      device.read(geometry.fatPosition() + at, live, 0, bytes);
      try {
        volume.read(geometry.fatPosition() + fat * geometry.fatLength() + at, copy, 0, bytes);
      } catch (IOException e) {
        if (fat != 0 || choice.fault() == null) {
          TableChoice.Fault fault = TableChoice.unreadable(fat, String.valueOf(e.getMessage()));
          findings.volume(fault.kind(), fault.text());
        }
        return;
      }
      if (isHalf && used - at < bytes) {
        // The other half is no cluster's.
        live[bytes - 1] &= 0x0F;
        copy[bytes - 1] &= 0x0F;
      }
      int differs = Arrays.mismatch(live, 0, bytes, copy, 0, bytes);
      if (differs >= 0) {
        findings.volume(
            "fats-differ",
            "FAT %d and %d differ from byte %d on".formatted(choice.copy(), fat, at + differs));
        return;
      }
    }
  }

  private void checkFsInfo(int free) throws IOException {
    int sector = boot.isFat32() ? boot.fsInfoSector() : 0;
    if (sector == 0 || sector == NO_SECTOR) {
      return;
    }
    byte[] bytes = new byte[BootSector.BYTES];
    device.read((long) sector * geometry.sectorSize(), bytes, 0, bytes.length);
    ByteBuffer info = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (info.getInt(0) != 0x4161_5252
        || info.getInt(484) != 0x6141_7272
        || info.getInt(508) != 0xAA55_0000) {
      findings.volume("fsinfo", "the FSInfo sector has no signatures");
    } else if (info.getInt(488) != free && info.getInt(488) != -1) {
      findings.volume(
          "free-count",
          "FSInfo counts %s free clusters, there are %d"
              .formatted(Integer.toUnsignedString(info.getInt(488)), free));
    }
  }

  /** Walks again, as the first walk did not note who took each cluster. */
  private void nameOwners(Map<Integer, String> conflicts) throws IOException {
    if (conflicts.isEmpty()) {
      return;
    }
    Map<Integer, String> owners = new HashMap<>();
    TreeCheck[] tree = new TreeCheck[1];
    ClusterClaims claims =
        new ClusterClaims(
            table,
            geometry,
            cluster -> {
              if (conflicts.containsKey(cluster)) {
                owners.putIfAbsent(cluster, tree[0].claimant());
              }
            });
    Findings silent = new Findings(finding -> {});
    tree[0] = new TreeCheck(device, region, claims, options.codePage(), silent, CheckNotes.NONE);
    tree[0].run();
    conflicts.forEach(
        (cluster, path) ->
            findings.file(
                path,
                "shared-clusters",
                "shares clusters from %d on with %s".formatted(cluster, owners.get(cluster))));
  }
}
