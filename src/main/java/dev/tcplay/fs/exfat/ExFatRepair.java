package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.RepairOptions;
import dev.tcplay.fs.cluster.ClusterBitmap;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.Findings;
import dev.tcplay.fs.cluster.RepairReport;
import dev.tcplay.fs.cluster.WriteOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Mends what a check finds and is safe to mend, each step crash-safe and repeatable: the boot
 * region by its backup or the reverse, both names of a cut rename, entries of which a power cut has
 * left one sector, fields that follow from others, chains longer than their files, clusters of
 * files that the bitmap calls free, lost clusters, the mark of being in use. Everything else stays
 * as it is.
 *
 * <p>The volume is checked again afterwards: what is not found any more is mended.
 */
final class ExFatRepair {

  /** Clusters whose bits are changed in one batch. */
  private static final long MOST_AT_ONCE = 1 << 20;

  /** Without any of these no tree is written. */
  private static final Set<String> MENDABLE =
      Set.of(
          RepairReport.DIRTY,
          "fat-media",
          "shared-clusters",
          "duplicate-name",
          "orphan-entries",
          "incomplete-set",
          "name-hash",
          "name-length",
          "valid-length",
          "first-cluster",
          "chain-too-long",
          "marked-free",
          "lost-clusters");

  private final BlockDevice device;
  private final MountOptions options;
  private final Optional<String> keepLost;

  ExFatRepair(BlockDevice device, MountOptions options, RepairOptions repair) {
    this.device = device;
    this.options = options;
    this.keepLost = repair.keepLost();
  }

  /** Repairs, and tells of each finding whether it is mended. */
  void run(Consumer<Finding> consumer) throws IOException {
    if (keepLost.isPresent()) {
      LostFiles.checkPlace(VolumeParts.find(device).context(device, options), keepLost.get());
    }
    List<Finding> before = check();
    Set<String> kinds = RepairReport.kinds(before);
    List<Finding> after = before;
    if (BootRepair.mend(device, kinds)) {
      after = check();
    }
    if (isWritable() && !Collections.disjoint(RepairReport.kinds(after), MENDABLE)) {
      mend();
      after = check();
    }
    Set<String> left = RepairReport.kinds(after);
    if (RepairReport.isMarkToGo(kinds, left) && isWritable()) {
      new DirtyMark(device, BootRegion.find(device).boot()).clean();
      after = check();
    }
    RepairReport.tell(before, after, consumer);
  }

  private List<Finding> check() throws IOException {
    return RepairReport.of(
        findings -> new ExFatCheck(device, BootRegion.find(device), findings).run());
  }

  /** Returns whether all parts are there and sound by which the tree is read. */
  private boolean isWritable() throws IOException {
    try {
      return VolumeParts.find(device).obstacles(device.size()).isEmpty();
    } catch (CorruptFileSystemException e) {
      return false;
    }
  }

  private void mend() throws IOException {
    VolumeParts parts = VolumeParts.find(device);
    // The mark stands before anything else is written, and until all is mended.
    new DirtyMark(device, parts.region().boot()).set();
    BootRepair.mendTableStart(device, parts.region().geometry());
    // Only what agrees: whether a crash is to blame for more is not known here.
    new CrashRecovery(parts.context(device, options), false).run();
    Look look = new Look(parts);
    markUsed(look);
    if (!look.tree.conflicts().isEmpty()) {
      // What is torn, too long or lost may belong to another file, or be a file's contents.
      return;
    }
    new EntryRepair(device, parts.upcase().table()).run(look.system);
    Look mended = new Look(parts);
    if (!mended.isDoubtful()) {
      endChains(parts, mended.longChains);
      device.flush();
      mendLost(parts, mended.lost);
    }
  }

  /** One walk through the tree, which writes nothing. */
  private final class Look implements CheckNotes {

    private final FatLinks links;
    final SystemFiles system;
    final ClusterClaims claims;
    final TreeCheck tree;
    final ClusterBitmap lost;
    final List<Long> longChains = new ArrayList<>();
    private final ClusterBitmap passedOver;
    private boolean doubtful;

    Look(VolumeParts parts) throws IOException {
      links = parts.links();
      Findings silent = new Findings(finding -> {});
      system = SystemFiles.read(device, parts.region(), silent);
      claims = system.claims(extent -> {});
      passedOver = new ClusterBitmap(claims.claimed().size());
      tree = system.walk(silent, this, claims);
      lost = system.lost(claims);
    }

    @Override
    public void chainTooLong(long last) {
      longChains.add(last);
    }

    @Override
    public void passedOver(long firstCluster) {
      if (links.isCluster(firstCluster)) {
        passedOver.set(firstCluster, firstCluster + 1);
      }
    }

    @Override
    public void doubtful() {
      doubtful = true;
    }

    /** Returns whether something may own what nothing claims. */
    boolean isDoubtful() {
      if (doubtful) {
        return true;
      }
      long end = lost.size();
      long at = passedOver.nextSet(0, end);
      while (at < end && !lost.get(at)) {
        at = passedOver.nextSet(at + 1, end);
      }
      return at < end;
    }
  }

  /** Says in the bitmap that clusters of files are used, before anything else takes them. */
  private void markUsed(Look look) throws IOException {
    ClusterBitmap free = look.system.free();
    ClusterBitmap claimed = look.claims.claimed();
    VolumeParts parts = VolumeParts.find(device);
    ExFatWriter writer = parts.writer(device);
    long end = claimed.size();
    for (long at = claimed.nextSet(0, end); free != null && at < end; ) {
      long runEnd = claimed.nextClear(at, end);
      long from = free.nextSet(at, runEnd);
      long to = free.nextClear(from, Math.min(runEnd, from + MOST_AT_ONCE));
      if (from < to) {
        try (Change change = writer.begin()) {
          change.use(List.of(new Extent(from, to - from)));
          change.submit();
        }
      }
      at = to < runEnd ? to : claimed.nextSet(runEnd, end);
    }
    device.flush();
  }

  private void endChains(VolumeParts parts, List<Long> lasts) throws IOException {
    ExFatWriter writer = parts.writer(device);
    for (long last : lasts) {
      try (Change change = writer.begin()) {
        change.link(WriteOrder.ALLOCATIONS, last, FatLinks.END_OF_CHAIN);
        change.submit();
      }
    }
  }

  private void mendLost(VolumeParts parts, ClusterBitmap lost) throws IOException {
    if (lost.count() == 0) {
      return;
    }
    LostFiles files = new LostFiles(parts.context(device, options), lost);
    if (keepLost.isPresent()) {
      files.keep(keepLost.get());
    } else {
      files.free();
    }
    device.flush();
  }
}
