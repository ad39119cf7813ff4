package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.cluster.ExtentMap;
import dev.tcplay.fs.cluster.Findings;
import dev.tcplay.fs.cluster.NameBudget;
import dev.tcplay.fs.tree.DepthLimit;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Walks all directories, claims the clusters of each entry and looks at its fields. Used once. */
final class TreeCheck {

  private static final int MAX_CONFLICTS = 1000;

  private final BlockDevice device;
  private final FatTable table;
  private final Geometry geometry;
  private final BootSector boot;
  private final ClusterClaims claims;
  private final Charset codePage;
  private final Findings findings;
  private final CheckNotes notes;
  private final NameBudget budget = new NameBudget();
  private final DepthLimit depth = new DepthLimit();
  private final Deque<DirectoryCheck> open = new ArrayDeque<>();
  private final Map<Integer, String> conflicts = new LinkedHashMap<>();
  private String claimant = "/";

  TreeCheck(
      BlockDevice device,
      BootRegion region,
      ClusterClaims claims,
      Charset codePage,
      Findings findings,
      CheckNotes notes) {
    this.notes = notes;
    this.device = device;
    this.geometry = region.geometry();
    this.boot = region.boot();
    this.table = new FatTable(device, geometry);
    this.claims = claims;
    this.codePage = codePage;
    this.findings = findings;
  }

  /** Goes through the tree, deepest first, without recursion. */
  void run() throws IOException {
    if (geometry.isFat32()) {
      claim(EntryPath.ROOT, geometry.rootCluster(), -1);
    }
    enter(EntryPath.ROOT, geometry.rootCluster());
    while (!open.isEmpty()) {
      DirectoryCheck directory = open.getLast();
      DirectoryEntry entry = next(directory);
      if (entry == null) {
        open.removeLast().forget();
        depth.leave();
      } else {
        check(new EntryPath(directory.node(), entry), entry);
      }
    }
    budget.report(findings);
  }

  /** Returns clusters that two entries claim, and the path of the second. */
  Map<Integer, String> conflicts() {
    return conflicts;
  }

  /** Returns the path of what is claiming clusters now. */
  String claimant() {
    return claimant;
  }

  private void enter(EntryPath directory, int cluster) {
    ExtentMap extents =
        directory.parent() == null && !geometry.isFat32()
            ? null
            : new ExtentMap(table, cluster, directory::path);
    DirectorySlots slots = new DirectorySlots(device, geometry, extents, directory::path);
    int parent = open.isEmpty() ? 0 : open.getLast().cluster();
    boolean belowRoot = open.size() < 2;
    depth.enter(open.isEmpty() ? 0 : open.getLast().memory());
    open.addLast(
        new DirectoryCheck(
            directory,
            slots,
            cluster,
            belowRoot ? 0 : parent,
            new DirectoryCheck.Context(
                boot, geometry.isFat32(), codePage, findings, notes, budget)));
  }

  private @Nullable DirectoryEntry next(DirectoryCheck directory) throws IOException {
    try {
      return directory.next();
    } catch (CorruptFileSystemException e) {
      notes.doubtful();
      return null; // Reported when the directory's chain was claimed.
    }
  }

  private void check(EntryPath node, DirectoryEntry entry) throws IOException {
    int first = (int) entry.firstCluster();
    if (entry.isDirectory()) {
      if (entry.size() != 0) {
        findings.file(
            node.path(), "directory-size", "the size is %d, not 0".formatted(entry.size()));
      }
      if (first == 0 || (geometry.isFat32() && first == geometry.rootCluster())) {
        findings.file(node.path(), "points-to-root", "starts with the root directory's cluster");
      } else if (claims.isClaimed(first)
          && open.stream().anyMatch(above -> above.cluster() == first)) {
        findings.file(node.path(), "points-to-parent", "leads back to a directory above it");
      } else if (isInRange(node, first)) {
        int clusters = claim(node, first, -1);
        String refusal = depth.refusal(open.getLast().memory());
        if (refusal != null) {
          findings.file(node.path(), "too-deep", refusal);
          notes.doubtful();
        } else if (clusters > 0) {
          enter(node, first);
        }
        long slots = (long) clusters * geometry.clusterSize() / DirectorySlots.SLOT_BYTES;
        if (slots > DirectorySlots.MAX_SLOTS) {
          findings.file(node.path(), "directory-size", "%d slots are too many".formatted(slots));
        }
      }
    } else if (first != 0) {
      if (isInRange(node, first)) {
        claim(node, first, entry.size());
      }
    } else if (entry.size() != 0) {
      findings.file(
          node.path(), "no-clusters", "has %d bytes and no cluster".formatted(entry.size()));
    }
  }

  private boolean isInRange(EntryPath node, int first) {
    if (!geometry.isCluster(first)) {
      String number = Integer.toUnsignedString(first);
      findings.file(node.path(), "first-cluster", "the first cluster is %s".formatted(number));
    }
    return geometry.isCluster(first);
  }

  /**
   * Claims a chain and compares it with a size, if one is given; returns the clusters claimed.
   *
   * @param size bytes, -1 for none
   */
  private int claim(EntryPath node, int first, long size) throws IOException {
    claimant = node.path();
    ClusterClaims.Chain chain = claims.claim(first);
    if (chain.shared() != 0) {
      if (conflicts.size() < MAX_CONFLICTS) {
        conflicts.putIfAbsent(chain.shared(), node.path());
      }
    } else if (!chain.kind().isEmpty()) {
      findings.file(node.path(), chain.kind(), chain.text());
    } else if (size >= 0) {
      int clusterSize = geometry.clusterSize();
      long wanted = (size + clusterSize - 1) / clusterSize;
      if (chain.length() != wanted) {
        String kind = chain.length() < wanted ? "chain-too-short" : "chain-too-long";
        findings.file(
            node.path(),
            kind,
            "%d bytes in a chain of %d clusters".formatted(size, chain.length()));
        if (chain.length() > wanted) {
          open.getLast().noteLongChain(Objects.requireNonNull(node.entry()), (int) wanted);
          notes.sound(first, (int) Math.max(0, wanted - 1));
        }
      } else {
        notes.sound(first, chain.length());
      }
    } else {
      notes.sound(first, chain.length());
    }
    return chain.length();
  }
}
