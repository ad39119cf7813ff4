package dev.tcplay.fs.fat;

import dev.tcplay.fs.cluster.Findings;
import java.io.IOException;
import java.util.BitSet;
import java.util.function.IntConsumer;

/**
 * Which clusters the directory tree reaches: two bits for each cluster of the volume. Every cluster
 * can be claimed once. Not safe for threads.
 */
final class ClusterClaims {

  /**
   * What a walk along a chain came to.
   *
   * @param length clusters that were claimed
   * @param kind what is wrong with the chain, empty if nothing
   * @param text the facts
   * @param shared the cluster that something else has claimed, 0 if there is none
   */
  record Chain(int length, String kind, String text, int shared) {}

  private final FatTable table;
  private final Geometry geometry;
  private final IntConsumer onClaim;
  private final BitSet claimed;

  /** Starts with nothing claimed; {@code onClaim} is told of every cluster that is. */
  ClusterClaims(FatTable table, Geometry geometry, IntConsumer onClaim) {
    this.onClaim = onClaim;
    this.table = table;
    this.geometry = geometry;
    this.claimed = new BitSet(geometry.clusters() + Geometry.FIRST_CLUSTER);
  }

  /** Returns whether something has claimed a cluster; false for a number that is no cluster's. */
  boolean isClaimed(int cluster) {
    return geometry.isCluster(cluster) && claimed.get(cluster);
  }

  /** Claims a chain up to its end or to what is wrong with it. */
  Chain claim(int first) throws IOException {
    FatTable.Cursor cursor = table.cursor();
    FatType type = geometry.type();
    int length = 0;
    int last = 0;
    int cluster = first;
    while (geometry.isCluster(cluster)) {
      if (claimed.get(cluster)) {
        return contested(first, length, last, cluster);
      }
      int next = cursor.get(cluster);
      if (next == FatType.FREE || next == type.bad()) {
        String state = next == FatType.FREE ? "free" : "bad";
        return new Chain(length, "chain-to-" + state, "cluster " + cluster + " is " + state, 0);
      }
      claimed.set(cluster);
      onClaim.accept(cluster);
      length++;
      last = cluster;
      cluster = next;
    }
    if (length > 0 && type.isEnd(cluster)) {
      return new Chain(length, "", "", 0);
    }
    String source = length == 0 ? "the entry" : "cluster " + last;
    return new Chain(length, "chain-out-of-range", source + " leads to number " + cluster, 0);
  }

  /** Returns whether a chain comes to a cluster within some steps. */
  boolean contains(int first, int length, int wanted) throws IOException {
    FatTable.Cursor cursor = table.cursor();
    int cluster = first;
    for (int i = 0; i < length; i++) {
      if (cluster == wanted) {
        return true;
      }
      cluster = cursor.get(cluster);
    }
    return false;
  }

  private Chain contested(int first, int length, int last, int cluster) throws IOException {
    if (contains(first, length, cluster)) {
      return new Chain(
          length, "circular-chain", "cluster " + last + " leads back to " + cluster, 0);
    }
    return new Chain(length, "shared-clusters", "", cluster);
  }

  /** Returns whether any of these clusters is in use and claimed by nothing. */
  boolean areLost(BitSet clusters) throws IOException {
    FatTable.Cursor cursor = table.cursor();
    for (int at = clusters.nextSetBit(0); at >= 0; at = clusters.nextSetBit(at + 1)) {
      int next = cursor.get(at);
      if (!claimed.get(at) && next != FatType.FREE && next != geometry.type().bad()) {
        return true;
      }
    }
    return false;
  }

  /** Returns the used clusters that nothing claimed and that are not marked bad. */
  BitSet lost() throws IOException {
    FatTable.Cursor cursor = table.scanCursor();
    BitSet lost = new BitSet(claimed.size());
    int end = Geometry.FIRST_CLUSTER + geometry.clusters();
    for (int cluster = Geometry.FIRST_CLUSTER; cluster < end; cluster++) {
      int next = cursor.get(cluster);
      if (next != FatType.FREE && next != geometry.type().bad() && !claimed.get(cluster)) {
        lost.set(cluster);
      }
    }
    return lost;
  }

  /** Reports used clusters that nothing claimed, and counts the free ones. */
  int checkUnclaimed(Findings findings) throws IOException {
    FatTable.Cursor cursor = table.scanCursor();
    BitSet followers = new BitSet(claimed.size());
    FatType type = geometry.type();
    int free = 0;
    int reserved = 0;
    int lost = 0;
    int end = Geometry.FIRST_CLUSTER + geometry.clusters();
    for (int cluster = Geometry.FIRST_CLUSTER; cluster < end; cluster++) {
      int next = cursor.get(cluster);
      if (next == FatType.FREE) {
        free++;
      } else if (next != type.bad()) {
        reserved += cluster >= type.bad() - 7 ? 1 : 0;
        if (!claimed.get(cluster)) {
          lost++;
          if (geometry.isCluster(next) && !claimed.get(next)) {
            followers.set(next);
          }
        }
      }
    }
    if (lost > 0) {
      int chains = Math.max(1, lost - followers.cardinality());
      long bytes = (long) lost * geometry.clusterSize();
      findings.volume(
          "lost-clusters",
          "%d clusters in %d chains (%d bytes) are lost".formatted(lost, chains, bytes));
    }
    if (reserved > 0) {
      findings.volume(
          "reserved-numbers", "%d used clusters have reserved numbers".formatted(reserved));
    }
    return free;
  }
}
