package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.cluster.Findings;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Makes copies of the table equal that differ: by the one whose chains fit the directories, the
 * first of several. A copy by which a file that can be read now would change is not taken.
 */
final class TableCopies {

  private static final int SECTOR = 512;
  private static final int AT_ONCE = 128 * SECTOR;

  private final BlockDevice device;
  private final BootRegion region;
  private final Geometry geometry;
  private final Charset codePage;

  TableCopies(BlockDevice device, BootRegion region, Charset codePage) {
    this.device = device;
    this.region = region;
    this.geometry = region.geometry();
    this.codePage = codePage;
  }

  /** Makes all copies equal, unless none fits; the caller has marked the volume as in use. */
  void mend() throws IOException {
    for (int copy = 0; copy < region.boot().fats(); copy++) {
      if (fits(copy) && (copy == 0 || keepsWhatIsSound(copy))) {
        spread(copy);
        device.flush();
        return;
      }
    }
  }

  /**
   * Makes all copies equal to one that stands in for the first, which is damaged at its start; the
   * volume needs no mark, since that copy stays, and the next repair ends what is cut.
   *
   * @return whether they are: not if that copy fits no better, and says other things than the first
   */
  boolean mendBy(int copy) throws IOException {
    if (!fits(copy) && !saysTheSame(copy)) {
      return false;
    }
    spread(copy);
    device.flush();
    return true;
  }

  private boolean saysTheSame(int copy) {
    try {
      FatTable first = new FatTable(device, geometry);
      return differing(first, new FatTable(view(copy), geometry)).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns whether all chains of a copy are sound and as long as their files want at least. */
  private boolean fits(int copy) throws IOException {
    BlockDevice view = view(copy);
    boolean[] fits = {true};
    Findings findings = new Findings(finding -> fits[0] &= !Hidden.isHiding(finding));
    ClusterClaims claims = new ClusterClaims(new FatTable(view, geometry), geometry, cluster -> {});
    TreeCheck tree = new TreeCheck(view, region, claims, codePage, findings, CheckNotes.NONE);
    tree.run();
    return fits[0] && tree.conflicts().isEmpty();
  }

  private BlockDevice view(int copy) {
    return copy == 0 ? device : new TableCopy(device, geometry, copy);
  }

  /** Returns whether all that can be read by the first copy has the same clusters in another. */
  private boolean keepsWhatIsSound(int copy) throws IOException {
    FatTable first = new FatTable(device, geometry);
    BitSet differing = differing(first, new FatTable(view(copy), geometry));
    FatTable.Cursor cursor = first.cursor();
    boolean[] keeps = {true};
    IOException[] failure = new IOException[1];
    CheckNotes notes =
        new CheckNotes() {
          @Override
          public void sound(int firstCluster, int links) {
            try {
              int cluster = firstCluster;
              for (int i = 0; i < links && keeps[0]; i++) {
                keeps[0] = !differing.get(cluster);
                cluster = cursor.get(cluster);
              }
            } catch (IOException e) {
              failure[0] = e;
            }
          }
        };
    ClusterClaims claims = new ClusterClaims(first, geometry, cluster -> {});
    Findings silent = new Findings(finding -> {});
    new TreeCheck(device, region, claims, codePage, silent, notes).run();
    if (failure[0] != null) {
      throw failure[0];
    }
    return keeps[0];
  }

  /** Returns the clusters of which two tables do not say the same. */
  private BitSet differing(FatTable one, FatTable other) throws IOException {
    BitSet differing = new BitSet();
    FatTable.Cursor left = one.scanCursor();
    FatTable.Cursor right = other.scanCursor();
    FatType type = geometry.type();
    int end = Geometry.FIRST_CLUSTER + geometry.clusters();
    for (int cluster = Geometry.FIRST_CLUSTER; cluster < end; cluster++) {
      int next = left.get(cluster);
      int instead = right.get(cluster);
      if (next != instead && !(type.isEnd(next) && type.isEnd(instead))) {
        differing.set(cluster);
      }
    }
    return differing;
  }

  /** Writes the sectors that differ, which a power cut may leave half done: the source stays. */
  private void spread(int source) throws IOException {
    byte[] right = new byte[AT_ONCE];
    byte[] other = new byte[AT_ONCE];
    for (int copy = 0; copy < region.boot().fats(); copy++) {
      for (long at = 0; copy != source && at < geometry.fatLength(); at += AT_ONCE) {
        int bytes = (int) Math.min(AT_ONCE, geometry.fatLength() - at);
        device.read(position(source) + at, right, 0, bytes);
        if (!read(position(copy) + at, other, bytes)) {
          device.write(position(copy) + at, right, 0, bytes);
          continue;
        }
        for (int sector = 0; sector < bytes; sector += SECTOR) {
          int end = Math.min(bytes, sector + SECTOR);
          if (!Arrays.equals(right, sector, end, other, sector, end)) {
            device.write(position(copy) + at + sector, right, sector, end - sector);
          }
        }
      }
    }
  }

  /** Returns whether bytes of a copy can be read; a disk may take new ones where they cannot. */
  private boolean read(long position, byte[] target, int bytes) {
    try {
      device.read(position, target, 0, bytes);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private long position(int copy) {
    return geometry.fatPosition() + copy * geometry.fatLength();
  }
}
