package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.RepairOptions;
import dev.tcplay.fs.cluster.Findings;
import dev.tcplay.fs.cluster.RepairReport;
import java.io.IOException;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Mends what a check finds and is safe to mend, each step crash-safe and repeatable: both names of
 * a cut rename, copies of the table that differ or are damaged at their start, parts of long names
 * without an entry or with a cluster, chains longer than their files, lost clusters, the count of
 * free clusters, the mark of being in use. Everything else stays as it is.
 *
 * <p>The volume is checked again afterwards: what is not found any more is mended.
 */
final class FatRepair {

  private static final byte DELETED = (byte) 0xE5;

  /** Without any of these nothing is written. */
  private static final Set<String> MENDABLE =
      Set.of(
          RepairReport.DIRTY,
          "fats-differ",
          "shared-clusters",
          "points-to-parent",
          "orphan-long-name",
          "long-name-checksum",
          "long-name-field",
          "chain-too-long",
          "lost-clusters",
          "free-count");

  private final BlockDevice device;
  private final BootRegion region;
  private final Geometry geometry;
  private final MountOptions options;
  private final Optional<String> keepLost;
  private final FatTable table;

  FatRepair(BlockDevice device, BootRegion region, MountOptions options, RepairOptions repair) {
    this.device = device;
    this.region = region;
    this.geometry = region.geometry();
    this.options = options;
    this.keepLost = repair.keepLost();
    this.table = new FatTable(device, geometry);
  }

  /** Repairs, and tells of each finding whether it is mended. */
  void run(Consumer<Finding> consumer) throws IOException {
    TableChoice choice = TableChoice.asWhole(device, region);
    if (keepLost.isPresent()) {
      LostClusters.checkPlace(context(choice.view(device, geometry)), keepLost.get());
    }
    List<Finding> before = check();
    List<Finding> after = before;
    boolean isReadByFirst = choice.fault() == null || copies().mendBy(choice.copy());
    if (choice.fault() != null && isReadByFirst) {
      after = check();
    }
    Set<String> kinds = RepairReport.kinds(after);
    if (isReadByFirst && !Collections.disjoint(kinds, MENDABLE)) {
      mend(kinds);
      after = check();
    }
    Set<String> left = RepairReport.kinds(after);
    if (isReadByFirst && RepairReport.isMarkToGo(kinds, left)) {
      writer().clean();
      after = check();
    }
    RepairReport.tell(before, after, consumer);
  }

  private List<Finding> check() throws IOException {
    // Read again, since the mark of being in use stands in the boot sector.
    return RepairReport.of(
        findings -> new FatCheck(device, BootRegion.find(device), options, findings).run());
  }

  private TableCopies copies() {
    return new TableCopies(device, region, options.codePage());
  }

  private FatWriter writer() throws IOException {
    return new FatWriter(device, region.boot(), geometry, table, false);
  }

  /** Returns what changes of the tree need, with nothing remembered of earlier steps. */
  private TreeContext context() throws IOException {
    return context(device);
  }

  private TreeContext context(BlockDevice through) throws IOException {
    return TreeContext.of(through, region, options, false);
  }

  private void mend(Set<String> kinds) throws IOException {
    // The mark stands before anything else is written, and until all is mended.
    writer().begin().close();
    if (kinds.contains("fats-differ")) {
      copies().mend();
    }
    if (kinds.contains("shared-clusters") || kinds.contains("points-to-parent")) {
      TreeContext context = context();
      // Only what agrees in size and times: whether a crash is to blame for more is not known here.
      new CrashRecovery(context, context.writer().shared(), false).run();
    }
    LongChains longChains = new LongChains(device, table);
    look(longChains);
    longChains.cut(writer());
    mendLost();
    TreeContext context = context();
    context.writer().begin().close();
    context.writer().freeClusters().space();
    context.writer().freeClusters().submit();
    device.flush();
  }

  /**
   * Goes through the tree, and marks the parts of long names as deleted that belong to nothing. A
   * part of a whole name loses its cluster.
   *
   * @param longChains takes the files whose chains can be cut
   * @return the clusters that are surely nobody's
   */
  private BitSet look(LongChains longChains) throws IOException {
    boolean[] hiding = {false};
    boolean[] hasParts = {false};
    BitSet passedOver = new BitSet();
    Findings findings = new Findings(finding -> hiding[0] |= Hidden.isHiding(finding));
    CheckNotes notes =
        new CheckNotes() {
          @Override
          public void orphan(long position) {
            hasParts[0] = true;
          }

          @Override
          public void partWithCluster(long position) {
            hasParts[0] = true;
          }

          @Override
          public void chainTooLong(DirectoryEntry entry, int wanted) {
            longChains.add(entry, wanted);
          }

          @Override
          public void passedOver(int firstCluster) {
            if (geometry.isCluster(firstCluster)) {
              passedOver.set(firstCluster);
            }
          }

          @Override
          public void doubtful() {
            hiding[0] = true;
          }
        };
    ClusterClaims claims = new ClusterClaims(table, geometry, cluster -> {});
    TreeCheck tree = new TreeCheck(device, region, claims, options.codePage(), findings, notes);
    tree.run();
    if (!tree.conflicts().isEmpty()) {
      // What is too long or lost may belong to another file, and slots may be a file's contents.
      longChains.clear();
      return new BitSet();
    }
    if (hasParts[0]) {
      mendParts();
    }
    if (hiding[0] || claims.areLost(passedOver)) {
      longChains.clear();
      return new BitSet();
    }
    return claims.lost();
  }

  /** Goes through the tree once more, so that no places need to be remembered. */
  private void mendParts() throws IOException {
    IOException[] failure = new IOException[1];
    CheckNotes notes =
        new CheckNotes() {
          @Override
          public void orphan(long position) {
            write(position, DELETED);
          }

          @Override
          public void partWithCluster(long position) {
            write(position + LongName.CLUSTER_OFFSET, (byte) 0, (byte) 0);
          }

          private void write(long position, byte... bytes) {
            try {
              device.write(position, bytes, 0, bytes.length);
            } catch (IOException e) {
              failure[0] = e;
            }
          }
        };
    ClusterClaims claims = new ClusterClaims(table, geometry, cluster -> {});
    Findings silent = new Findings(finding -> {});
    new TreeCheck(device, region, claims, options.codePage(), silent, notes).run();
    if (failure[0] != null) {
      throw failure[0];
    }
    device.flush();
  }

  private void mendLost() throws IOException {
    BitSet lost = look(new LongChains(device, table));
    if (!lost.isEmpty()) {
      LostClusters clusters = new LostClusters(context(), table, lost);
      if (keepLost.isPresent()) {
        clusters.keep(keepLost.get());
      } else {
        clusters.free();
      }
      device.flush();
    }
  }
}
