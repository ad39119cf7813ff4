package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.RepairOptions;
import dev.tcplay.fs.UpcaseTable;
import dev.tcplay.fs.WindowsNameRules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Mends what a check finds and is safe to mend, each step crash-safe and repeatable: both names of
 * a cut rename, copies of the table that differ, parts of long names without an entry, chains
 * longer than their files, lost clusters, the count of free clusters, the mark of being in use.
 * Everything else stays as it is.
 *
 * <p>The volume is checked again afterwards: what is not found any more is mended.
 */
final class VolumeRepair {

  /** A volume with more findings is hardly one that a repair can mend. */
  private static final int MOST_FINDINGS = 1 << 16;

  private static final byte DELETED = (byte) 0xE5;

  /** A file whose chain is to be cut. */
  private record LongChain(DirectoryEntry entry, int wanted) {}

  private final BlockDevice device;
  private final BootRegion region;
  private final Geometry geometry;
  private final MountOptions options;
  private final Optional<String> keepLost;
  private final FatTable table;

  VolumeRepair(BlockDevice device, BootRegion region, MountOptions options, RepairOptions repair) {
    this.device = device;
    this.region = region;
    this.geometry = region.geometry();
    this.options = options;
    this.keepLost = repair.keepLost();
    this.table = new FatTable(device, geometry);
  }

  /** Repairs, and tells of each finding whether it is mended. */
  void run(Consumer<Finding> consumer) throws IOException {
    List<Finding> before = check();
    if (!before.isEmpty()) {
      mend(before);
    }
    List<Finding> after = before.isEmpty() ? before : check();
    if (!after.isEmpty() && after.stream().allMatch(finding -> finding.kind().equals("dirty"))) {
      writer().clean();
      after = check();
    }
    Set<Finding> left = new HashSet<>(after);
    for (Finding finding : before) {
      if (!left.contains(finding)) {
        consumer.accept(finding.asMended());
      }
    }
    after.forEach(consumer);
  }

  private List<Finding> check() throws IOException {
    List<Finding> findings = new ArrayList<>();
    Findings counted =
        new Findings(
            finding -> {
              if (findings.size() <= MOST_FINDINGS) {
                findings.add(finding);
              }
            });
    // Read again, since the mark of being in use stands in the boot sector.
    new VolumeCheck(device, BootRegion.find(device), options, counted).run();
    if (findings.size() > MOST_FINDINGS) {
      throw new CorruptFileSystemException(
          null, "more than %d findings: no repair is tried".formatted(MOST_FINDINGS));
    }
    return findings;
  }

  private VolumeWriter writer() throws IOException {
    return new VolumeWriter(device, region.boot(), geometry, table, false);
  }

  /** Returns what changes of the tree need, with nothing remembered of earlier steps. */
  private TreeContext context() throws IOException {
    WindowsNameRules names = new WindowsNameRules(UpcaseTable.standard());
    NodeIds ids = new NodeIds();
    Directories directories =
        new Directories(device, geometry, table, names, options.codePage(), ids);
    return TreeContext.of(
        writer(), directories, new OpenFiles(ids), ids, names, options.zone(), options.codePage());
  }

  private void mend(List<Finding> findings) throws IOException {
    Set<String> kinds = new HashSet<>();
    findings.forEach(finding -> kinds.add(finding.kind()));
    // The mark stands before anything else is written, and until all is mended.
    writer().begin().close();
    if (kinds.contains("fats-differ")) {
      new TableCopies(device, region, options.codePage()).mend();
    }
    if (kinds.contains("shared-clusters") || kinds.contains("points-to-parent")) {
      TreeContext context = context();
      boolean crashed = kinds.contains("dirty");
      new CrashRecovery(context, context.writer().shared(), crashed).run();
    }
    List<Long> orphans = new ArrayList<>();
    List<LongChain> longChains = new ArrayList<>();
    look(orphans, longChains);
    markDeleted(orphans);
    for (LongChain chain : longChains) {
      cut(chain);
    }
    mendLost();
    TreeContext context = context();
    context.writer().begin().close();
    context.writer().allocator();
    context.writer().submitFrees();
    device.flush();
  }

  private BitSet look(List<Long> orphans, List<LongChain> longChains) throws IOException {
    boolean[] hiding = {false};
    Findings findings = new Findings(finding -> hiding[0] |= Hidden.isHiding(finding));
    ClusterClaims claims = new ClusterClaims(table, geometry, cluster -> {});
    CheckNotes notes =
        new CheckNotes() {
          @Override
          public void orphan(long position) {
            orphans.add(position);
          }

          @Override
          public void chainTooLong(DirectoryEntry entry, int wanted) {
            longChains.add(new LongChain(entry, wanted));
          }
        };
    TreeCheck tree = new TreeCheck(device, region, claims, options.codePage(), findings, notes);
    tree.run();
    if (hiding[0] || !tree.conflicts().isEmpty()) {
      // What is too long or lost may belong to another file.
      longChains.clear();
      return new BitSet();
    }
    return claims.lost();
  }

  private void markDeleted(List<Long> orphans) throws IOException {
    for (long position : orphans) {
      device.write(position, new byte[] {DELETED}, 0, 1);
    }
    device.flush();
  }

  /** Ends a chain where the size ends, then frees the rest; a cut between leaves lost clusters. */
  private void cut(LongChain chain) throws IOException {
    VolumeWriter writer = writer();
    int first = chain.entry().firstCluster();
    if (chain.wanted() == 0) {
      try (Change change = writer.begin()) {
        byte[] slot = change.read(chain.entry().position(), DirectorySlots.SLOT_BYTES);
        byte[] emptied = new ShortEntry(slot, geometry.isFat32()).firstCluster(0).bytes();
        change.write(Group.ENTRIES_ADDED, chain.entry().position(), emptied, 0, emptied.length);
        change.submit();
      }
      free(writer, first);
      return;
    }
    FatTable.Cursor cursor = table.cursor();
    int last = first;
    for (int i = 1; i < chain.wanted(); i++) {
      last = cursor.get(last);
    }
    if (geometry.type().straddles(last)) {
      // Its entry lies in two sectors and cannot be written as one: it stays a finding.
      return;
    }
    int rest = cursor.get(last);
    try (Change change = writer.begin()) {
      change.table().set(Group.ALLOCATIONS, last, geometry.type().end());
      change.submit();
    }
    free(writer, rest);
  }

  private void free(VolumeWriter writer, int chain) throws IOException {
    device.flush();
    writer.freeChain(chain);
    writer.submitFrees();
    device.flush();
  }

  private void mendLost() throws IOException {
    BitSet lost = look(new ArrayList<>(), new ArrayList<>());
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
