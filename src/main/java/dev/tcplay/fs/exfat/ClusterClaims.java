package dev.tcplay.fs.exfat;

import dev.tcplay.fs.cluster.ClusterBitmap;
import dev.tcplay.fs.cluster.ClusterLinks;
import dev.tcplay.fs.cluster.Extent;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which clusters the tree reaches: a bit for each cluster of the volume. Every cluster can be
 * claimed once. Not safe for threads.
 */
final class ClusterClaims {

  /** As many clusters as there are. */
  static final long ALL = Long.MAX_VALUE;

  /**
   * What a claim came to.
   *
   * @param length clusters that were claimed
   * @param last the last of them
   * @param kind what is wrong with them, empty if nothing
   * @param text the facts
   * @param shared the cluster that something else has claimed, 0 if there is none
   * @param free the first of them that the bitmap calls free, 0 if there is none
   */
  record Claim(long length, long last, String kind, String text, long shared, long free) {}

  private final FatLinks links;
  private final Geometry geometry;
  private final @Nullable ClusterBitmap free;
  private final Consumer<Extent> onClaim;
  private final ClusterBitmap claimed;
  private long firstFree;

  /**
   * Starts with nothing claimed.
   *
   * @param free the free clusters by number, null if nobody knows them
   * @param onClaim told of all that is claimed
   */
  ClusterClaims(
      FatLinks links, Geometry geometry, @Nullable ClusterBitmap free, Consumer<Extent> onClaim) {
    this.links = links;
    this.geometry = geometry;
    this.free = free;
    this.onClaim = onClaim;
    this.claimed = new ClusterBitmap(Geometry.FIRST_CLUSTER + geometry.clusters());
  }

  /** Returns the clusters that are claimed, by number. */
  ClusterBitmap claimed() {
    return claimed;
  }

  /** Claims clusters that follow each other and are all there, up to one that is claimed. */
  Claim claimRun(long first, long length) {
    firstFree = 0;
    long end = claimed.nextSet(first, first + length);
    take(first, end);
    String kind = end == first + length ? "" : "shared-clusters";
    return new Claim(end - first, end - 1, kind, "", kind.isEmpty() ? 0 : end, firstFree);
  }

  /**
   * Claims a chain up to its end or to what is wrong with it.
   *
   * @param first a cluster
   * @param wanted how many clusters the chain is to have, at least 1, or {@link #ALL}
   */
  Claim claimChain(long first, long wanted) throws IOException {
    firstFree = 0;
    ClusterLinks.Cursor cursor = links.cursor();
    long start = first;
    long length = 0;
    long last = 0;
    long cluster = first;
    while (geometry.isCluster(cluster) && length < wanted) {
      if (claimed.get(cluster)) {
        take(start, length == 0 ? start : last + 1);
        return contested(first, length, last, cluster);
      }
      if (length > 0 && cluster != last + 1) {
        take(start, last + 1);
        start = cluster;
      }
      claimed.set(cluster, cluster + 1);
      last = cluster;
      length++;
      cluster = cursor.next(cluster);
    }
    take(start, last + 1);
    return ended(length, last, cluster, wanted);
  }

  private Claim ended(long length, long last, long next, long wanted) {
    String kind = "";
    String text = "";
    if (length == wanted && next != ClusterLinks.END) {
      kind = "chain-too-long";
      text =
          "needs %d clusters, but cluster %d is not the end of its chain".formatted(wanted, last);
    } else if (next == ClusterLinks.FREE || next == ClusterLinks.BAD) {
      kind = next == ClusterLinks.FREE ? "chain-to-free" : "chain-to-bad";
      text =
          "cluster %d leads to none%s"
              .formatted(last, next == ClusterLinks.BAD ? " and is marked bad" : "");
    } else if (next == ClusterLinks.END && wanted != ALL && length < wanted) {
      kind = "chain-too-short";
      text = "needs %d clusters, in a chain of %d".formatted(wanted, length);
    } else if (next != ClusterLinks.END) {
      kind = "chain-out-of-range";
      text = "cluster %d leads to number %d".formatted(last, next);
    }
    return new Claim(length, last, kind, text, 0, firstFree);
  }

  private Claim contested(long first, long length, long last, long cluster) throws IOException {
    ClusterLinks.Cursor cursor = links.cursor();
    long own = first;
    for (long i = 0; i < length; i++) {
      if (own == cluster) {
        String text = "cluster %d leads back to %d".formatted(last, cluster);
        return new Claim(length, last, "circular-chain", text, 0, firstFree);
      }
      own = cursor.next(own);
    }
    return new Claim(length, last, "shared-clusters", "", cluster, firstFree);
  }

  private void take(long from, long end) {
    if (from == end) {
      return;
    }
    claimed.set(from, end);
    onClaim.accept(new Extent(from, end - from));
    if (free != null && firstFree == 0) {
      long unmarked = free.nextSet(from, end);
      firstFree = unmarked < end ? unmarked : 0;
    }
  }
}
