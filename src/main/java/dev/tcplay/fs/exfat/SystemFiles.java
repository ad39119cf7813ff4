package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.UpcaseTable;
import dev.tcplay.fs.cluster.ClusterBitmap;
import dev.tcplay.fs.cluster.ClusterLinks;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.ExtentMap;
import dev.tcplay.fs.cluster.Findings;
import dev.tcplay.fs.cluster.NameBudget;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the root directory says of the volume itself, as far as it can be used. */
final class SystemFiles {

  private final BlockDevice device;
  private final Geometry geometry;
  private final @Nullable RootEntries root;
  private final @Nullable ClusterBitmap free;
  private final UpcaseTable upcase;

  private SystemFiles(
      BlockDevice device,
      Geometry geometry,
      @Nullable RootEntries root,
      @Nullable ClusterBitmap free,
      UpcaseTable upcase) {
    this.device = device;
    this.geometry = geometry;
    this.root = root;
    this.free = free;
    this.upcase = upcase;
  }

  /** Reads what there is, and reports what is amiss. */
  static SystemFiles read(BlockDevice device, BootRegion region, Findings findings)
      throws IOException {
    Geometry geometry = region.geometry();
    FatLinks links = new FatLinks(device, geometry);
    RootEntries root = null;
    try {
      ExtentMap extents = new ExtentMap(links, geometry.rootCluster(), () -> "/");
      root =
          RootEntries.read(
              new DirectorySlots(device, geometry, extents, DirectorySlots.MAX_SLOTS, () -> "/"));
    } catch (CorruptFileSystemException e) {
      findings.volume("root-entries", e.getReason());
    }
    ClusterBitmap free = null;
    UpcaseTable upcase = UpcaseTable.standard();
    if (root != null) {
      try {
        long first = root.bitmap(region.boot(), geometry);
        free = new AllocationBitmap(device, geometry, links, first).free();
      } catch (CorruptFileSystemException e) {
        findings.volume("allocation-bitmap", e.getReason());
      }
      try {
        UpcaseReader read = UpcaseReader.read(device, geometry, links, root.upcase());
        upcase = read.table();
        if (read.damage() != null) {
          findings.volume("upcase-table", read.damage());
        }
      } catch (CorruptFileSystemException e) {
        findings.volume("upcase-table", e.getReason());
      }
    }
    return new SystemFiles(device, geometry, root, free, upcase);
  }

  /** Returns the free clusters by number, null if nobody knows them. */
  @Nullable ClusterBitmap free() {
    return free;
  }

  UpcaseTable upcase() {
    return upcase;
  }

  /** Claims the clusters of these files and of the whole tree. */
  TreeCheck walk(Findings findings, CheckNotes notes, ClusterClaims claims) throws IOException {
    TreeCheck tree = tree(findings, notes, claims);
    walk(tree);
    return tree;
  }

  /** Returns who claims clusters first; walks again, as the first walk took no note of that. */
  Map<Long, TreeCheck.Claimant> owners(Collection<Long> clusters) throws IOException {
    NavigableSet<Long> sorted = new TreeSet<>(clusters);
    Map<Long, TreeCheck.Claimant> owners = new HashMap<>();
    if (!clusters.isEmpty()) {
      TreeCheck[] tree = new TreeCheck[1];
      ClusterClaims claims =
          claims(
              extent ->
                  sorted
                      .subSet(extent.cluster(), extent.end())
                      .forEach(cluster -> owners.putIfAbsent(cluster, tree[0].claimant())));
      tree[0] = tree(new Findings(finding -> {}), CheckNotes.NONE, claims);
      walk(tree[0]);
    }
    return owners;
  }

  private TreeCheck tree(Findings findings, CheckNotes notes, ClusterClaims claims) {
    return new TreeCheck(
        device,
        geometry,
        claims,
        new DirectoryCheck.Context(upcase, findings, notes, new NameBudget()));
  }

  private void walk(TreeCheck tree) throws IOException {
    if (root != null) {
      for (RootEntries.SystemFile file : root.bitmaps()) {
        tree.claimSystem("the allocation bitmap", file);
      }
      if (root.hasUpcase()) {
        tree.claimSystem("the up-case table", root.upcase());
      }
    }
    tree.run();
  }

  /** Starts with nothing claimed; {@code onClaim} is told of all that is. */
  ClusterClaims claims(Consumer<Extent> onClaim) {
    return new ClusterClaims(new FatLinks(device, geometry), geometry, free, onClaim);
  }

  /**
   * Returns the used clusters that nothing claimed and that are not marked bad, by number; none
   * where the bitmap or the root directory cannot be used.
   */
  ClusterBitmap lost(ClusterClaims claims) throws IOException {
    long end = Geometry.FIRST_CLUSTER + geometry.clusters();
    ClusterBitmap lost = new ClusterBitmap(end);
    if (free == null) {
      return lost;
    }
    ClusterBitmap claimed = claims.claimed();
    ClusterLinks.Cursor cursor = new FatLinks(device, geometry).cursor();
    long at = claimed.nextClear(Geometry.FIRST_CLUSTER, end);
    while (at < end) {
      long used = free.nextClear(at, claimed.nextSet(at, end));
      // Each one is looked up: few are lost, and bad ones are in no file.
      if (used == claimed.nextSet(at, end)) {
        at = claimed.nextClear(used, end);
      } else {
        if (cursor.next(used) != ClusterLinks.BAD) {
          lost.set(used, used + 1);
        }
        at = claimed.nextClear(used + 1, end);
      }
    }
    return lost;
  }
}
