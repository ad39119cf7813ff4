package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.ExtentMap;
import dev.tcplay.fs.tree.DepthLimit;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Walks all directories, claims the clusters of each entry and looks at its fields. Used once. */
final class TreeCheck {

  /**
   * Who claims clusters.
   *
   * @param path what messages call it
   * @param entry its entries, null if it is none of the files
   */
  record Claimant(NodePath path, @Nullable DirectoryEntry entry) {}

  private static final int MAX_CONFLICTS = 1000;

  private static final ClusterClaims.Claim NOTHING =
      new ClusterClaims.Claim(0, 0, "first-cluster", "", 0, 0);

  private final BlockDevice device;
  private final Geometry geometry;
  private final FatLinks links;
  private final ClusterClaims claims;
  private final DirectoryCheck.Context context;
  private final Deque<DirectoryCheck> open = new ArrayDeque<>();
  private final DepthLimit depth = new DepthLimit();
  private final Map<Long, Claimant> conflicts = new LinkedHashMap<>();
  private Claimant claimant = new Claimant(NodePath.ROOT, null);

  TreeCheck(
      BlockDevice device, Geometry geometry, ClusterClaims claims, DirectoryCheck.Context context) {
    this.device = device;
    this.geometry = geometry;
    this.links = new FatLinks(device, geometry);
    this.claims = claims;
    this.context = context;
  }

  /** Goes through the tree, deepest first, without recursion. */
  void run() throws IOException {
    claimant = new Claimant(NodePath.ROOT, null);
    ClusterClaims.Claim root =
        told(NodePath.ROOT, claims.claimChain(geometry.rootCluster(), ClusterClaims.ALL));
    Allocation all =
        new Allocation(geometry.rootCluster(), 0, root.length() * geometry.clusterSize(), false);
    enter(NodePath.ROOT, all, root.length());
    while (!open.isEmpty()) {
      DirectoryCheck directory = open.getLast();
      DirectoryEntry entry = next(directory);
      if (entry == null) {
        open.removeLast().forget();
        depth.leave();
      } else {
        check(new NodePath(directory.node(), entry.name()), entry);
      }
    }
    context.budget().report(context.findings());
  }

  /** Returns clusters that are claimed twice, and by whom the second time. */
  Map<Long, Claimant> conflicts() {
    return conflicts;
  }

  /** Returns who is claiming clusters now. */
  Claimant claimant() {
    return claimant;
  }

  /** Claims a file of the volume's own. */
  void claimSystem(String name, RootEntries.SystemFile file) throws IOException {
    long bytes = file.length();
    Claimant system = new Claimant(NodePath.ofSystem(name), null);
    claim(system, new Allocation(file.firstCluster(), bytes, bytes, false));
  }

  private void enter(NodePath directory, Allocation contents, long clusters) {
    long first = contents.firstCluster();
    ExtentMap extents =
        contents.isContiguous()
            ? ExtentMap.of(links, List.of(new Extent(first, clusters)), directory::toString)
            : new ExtentMap(links, first, directory::toString);
    int limit =
        (int) Math.min(clusters * geometry.clusterSize(), Allocation.MOST_DIRECTORY_BYTES)
            / DirectorySlots.SLOT_BYTES;
    DirectorySlots slots =
        new DirectorySlots(device, geometry, extents, limit, directory::toString);
    Claimant others = new Claimant(directory, null);
    depth.enter(open.isEmpty() ? 0 : open.getLast().memory());
    open.addLast(new DirectoryCheck(directory, slots, context, other -> claim(others, other)));
  }

  private @Nullable DirectoryEntry next(DirectoryCheck directory) throws IOException {
    try {
      return directory.next();
    } catch (CorruptFileSystemException e) {
      context.findings().file(directory.node().toString(), "unreadable", e.getReason());
      context.notes().doubtful();
      return null;
    }
  }

  private void check(NodePath node, DirectoryEntry entry) throws IOException {
    Claimant file = new Claimant(node, entry);
    Allocation contents = entry.set().allocation();
    if (contents.length() == 0 && contents.firstCluster() != 0) {
      report(node, "first-cluster", "has no bytes, but begins in " + contents.firstCluster());
      context.notes().wrongFields(entry);
      // What it begins in is its own as long as it says so.
      context.notes().doubtful();
      return;
    }
    if (Long.compareUnsigned(contents.validLength(), contents.length()) > 0) {
      report(
          node,
          "valid-length",
          "ValidDataLength is %s, more than DataLength %s"
              .formatted(
                  Long.toUnsignedString(contents.validLength()),
                  Long.toUnsignedString(contents.length())));
      context.notes().wrongFields(entry);
    }
    if (entry.isDirectory()) {
      checkDirectory(file, contents);
    } else if (contents.length() != 0) {
      claim(file, contents);
    }
  }

  private void checkDirectory(Claimant directory, Allocation contents) throws IOException {
    NodePath node = directory.path();
    long length = contents.length();
    if (length <= 0
        || length % geometry.clusterSize() != 0
        || length > Allocation.MOST_DIRECTORY_BYTES) {
      String bytes = Long.toUnsignedString(length);
      report(node, "directory-size", "%s bytes are no size of a directory".formatted(bytes));
      // How far its clusters go is not known, nor then what they lead to.
      context.notes().doubtful();
    } else if (contents.validLength() < length) {
      String text = "ValidDataLength of the directory is %d, not DataLength %d";
      report(node, "directory-size", text.formatted(contents.validLength(), length));
    }
    if (length != 0) {
      ClusterClaims.Claim claim = claim(directory, contents);
      String refusal = depth.refusal(open.getLast().memory());
      if (refusal != null) {
        report(node, "too-deep", refusal);
        context.notes().doubtful();
      } else if (claim.length() > 0) {
        enter(node, contents, claim.length());
      }
    }
  }

  /** Claims what an entry says that it has. */
  private ClusterClaims.Claim claim(Claimant owner, Allocation contents) throws IOException {
    NodePath node = owner.path();
    long first = contents.firstCluster();
    long wanted = geometry.clustersFor(contents.length());
    if (contents.length() <= 0 || wanted > geometry.clusters()) {
      String bytes = Long.toUnsignedString(contents.length());
      report(node, "data-length", "DataLength is %s, more than the volume has".formatted(bytes));
    } else if (!geometry.isCluster(first)) {
      String text = "has %d bytes, but the first cluster is %d";
      report(node, "first-cluster", text.formatted(contents.length(), first));
    } else if (contents.isContiguous() && !geometry.hasRun(first, wanted)) {
      String text = "%d clusters from %d on do not fit into the volume";
      report(node, "chain-out-of-range", text.formatted(wanted, first));
    } else {
      claimant = owner;
      return told(
          node,
          contents.isContiguous()
              ? claims.claimRun(first, wanted)
              : claims.claimChain(first, wanted));
    }
    context.notes().doubtful();
    return NOTHING;
  }

  private ClusterClaims.Claim told(NodePath node, ClusterClaims.Claim claim) {
    if (claim.free() != 0) {
      String text = "the bitmap calls cluster %d free".formatted(claim.free());
      report(node, "marked-free", text);
    }
    if (claim.shared() != 0) {
      if (conflicts.size() < MAX_CONFLICTS) {
        conflicts.putIfAbsent(claim.shared(), claimant);
      }
    } else if (claim.kind().equals("chain-too-long")) {
      report(node, claim.kind(), claim.text());
      context.notes().chainTooLong(claim.last());
    } else if (!claim.kind().isEmpty()) {
      report(node, claim.kind(), claim.text());
      context.notes().doubtful();
    }
    return claim;
  }

  private void report(NodePath node, String kind, String text) {
    context.findings().file(node.toString(), kind, text);
  }
}
