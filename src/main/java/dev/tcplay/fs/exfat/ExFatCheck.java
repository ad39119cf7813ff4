package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.cluster.ClusterBitmap;
import dev.tcplay.fs.cluster.Findings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Objects;

/**
 * Looks for damage on a whole volume and writes nothing.
 *
 * <p>Cost: one pass over the allocation bitmap, one over the directories with the table of files
 * that are in pieces, and a second one over the directories if clusters are shared, to name both
 * owners. Memory: two bits for each cluster, and the path that is open.
 */
final class ExFatCheck {

  private final BlockDevice device;
  private final BootRegion region;
  private final BootSector boot;
  private final Geometry geometry;
  private final Findings findings;

  ExFatCheck(BlockDevice device, BootRegion region, Findings findings) {
    this.device = device;
    this.region = region;
    this.boot = region.boot();
    this.geometry = region.geometry();
    this.findings = findings;
  }

  void run() throws IOException {
    checkBoot();
    checkFlags();
    SystemFiles system = SystemFiles.read(device, region, findings);
    ClusterClaims claims = system.claims(extent -> {});
    TreeCheck tree = system.walk(findings, CheckNotes.NONE, claims);
    checkUnclaimed(system.lost(claims));
    nameOwners(system, tree.conflicts());
  }

  private void checkBoot() throws IOException {
    if (region.damage() != null) {
      findings.volume("boot-region", region.damage());
    } else {
      checkBackup();
    }
    if (geometry.length() > device.size()) {
      findings.volume(
          "volume-size",
          "%d bytes, but only %d are there".formatted(geometry.length(), device.size()));
    }
  }

  private void checkBackup() throws IOException {
    long position = (long) BootRegion.SECTORS * geometry.sectorSize();
    try {
      BootSector backup = BootRegion.parse(device, position, null).boot();
      if (!backup.isCopyOf(boot)) {
        findings.volume("backup-differs", "boot sector and its backup differ");
      }
    } catch (CorruptFileSystemException e) {
      findings.volume("backup-region", "of the backup: " + e.getReason());
    }
  }

  private void checkFlags() throws IOException {
    if (boot.has(BootSector.VOLUME_DIRTY)) {
      findings.volume("dirty", "the volume was not closed");
    }
    if (boot.has(BootSector.MEDIA_FAILURE)) {
      findings.volume("media-errors", "the medium had errors");
    }
    byte[] start = new byte[2 * Integer.BYTES];
    device.read(geometry.fatPosition(), start, 0, start.length);
    ByteBuffer entries = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
    int media = entries.getInt();
    int second = entries.getInt();
    if (media != FatLinks.MEDIA || second != FatLinks.END_OF_CHAIN) {
      findings.volume(
          "fat-media",
          "the table begins with %08X %08X, not FFFFFFF8 FFFFFFFF".formatted(media, second));
    }
  }

  private void checkUnclaimed(ClusterBitmap lost) {
    long pieces = 0;
    long end = 0;
    long at = lost.nextSet(0, lost.size());
    while (at < lost.size()) {
      pieces++;
      end = lost.nextClear(at, lost.size());
      at = lost.nextSet(end, lost.size());
    }
    if (pieces > 0) {
      findings.volume(
          "lost-clusters",
          "%d clusters in %d pieces (%d bytes) are lost"
              .formatted(lost.count(), pieces, lost.count() * geometry.clusterSize()));
    }
  }

  private void nameOwners(SystemFiles system, Map<Long, TreeCheck.Claimant> conflicts)
      throws IOException {
    Map<Long, TreeCheck.Claimant> owners = system.owners(conflicts.keySet());
    conflicts.forEach(
        (cluster, second) -> {
          TreeCheck.Claimant first = Objects.requireNonNull(owners.get(cluster));
          findings.file(
              second.path().toString(),
              "shared-clusters",
              "shares clusters from %d on with %s".formatted(cluster, first.path()));
        });
  }
}
