package dev.tcplay.fs.fat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes along a chain to free it, piece by piece; the pieces before may be freed meanwhile. Ends
 * where the chain is damaged. Not safe for threads; a bit for each cluster met.
 */
final class ChainWalk {

  private static final int PIECE = 1 << 16;

  private final FatTable table;
  private final Geometry geometry;
  private final ClusterSet met = new ClusterSet();
  private int cluster;
  private boolean damaged;
  private boolean atEnd;

  /** Starts before the first cluster; 0 stands for no chain. */
  ChainWalk(FatTable table, Geometry geometry, int first) {
    this.table = table;
    this.geometry = geometry;
    this.cluster = first;
    this.atEnd = first == 0;
  }

  boolean isAtEnd() {
    return atEnd;
  }

  /** Returns whether the chain did not end as it should. */
  boolean isDamaged() {
    return damaged;
  }

  /**
   * Returns the next clusters of the chain.
   *
   * @throws IOException if the device fails; the call can be repeated
   */
  List<Extents.Run> next() throws IOException {
    FatTable.Cursor cursor = table.cursor();
    FatType type = geometry.type();
    List<Extents.Run> runs = new ArrayList<>();
    int start = 0;
    int length = 0;
    for (int i = 0; i < PIECE && !atEnd; i++) {
      int next = FatType.FREE;
      try {
        next = geometry.isCluster(cluster) ? cursor.get(cluster) : next;
      } catch (IOException e) {
        if (length == 0) {
          throw e;
        }
        break;
      }
      if (next == FatType.FREE || next == type.bad() || !met.add(cluster)) {
        damaged = true;
        atEnd = true;
        break;
      }
      if (length > 0 && cluster == start + length) {
        length++;
      } else {
        add(runs, start, length);
        start = cluster;
        length = 1;
      }
      atEnd = type.isEnd(next);
      cluster = next;
    }
    add(runs, start, length);
    return runs;
  }

  private static void add(List<Extents.Run> runs, int start, int length) {
    if (length > 0) {
      runs.add(new Extents.Run(start, length));
    }
  }
}
