package dev.tcplay.fs.cluster;

import java.util.HashMap;
import java.util.Map;

/**
 * Links of a volume with as many clusters as a format can have; what is not said otherwise leads to
 * its neighbour.
 */
final class Links implements ClusterLinks {

  static final long MOST = (1L << 32) - 11;

  private final Map<Long, Long> others = new HashMap<>();
  private int asked;

  /** Lets a cluster lead elsewhere. */
  Links put(long cluster, long next) {
    others.put(cluster, next);
    return this;
  }

  /** Lets clusters follow each other, and end. */
  Links chain(long... clusters) {
    for (int i = 0; i < clusters.length; i++) {
      put(clusters[i], i + 1 < clusters.length ? clusters[i + 1] : END);
    }
    return this;
  }

  /** Returns how many links were asked for. */
  int asked() {
    return asked;
  }

  @Override
  public boolean isCluster(long number) {
    return number >= 2 && number < MOST + 2;
  }

  @Override
  public Cursor cursor() {
    return new Cursor() {
      @Override
      public boolean holds(long cluster) {
        return false;
      }

      @Override
      public long next(long cluster) {
        asked++;
        return others.getOrDefault(cluster, cluster + 1);
      }
    };
  }
}
