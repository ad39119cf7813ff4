package dev.tcplay.fs.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes along a chain to free it, piece by piece; the pieces before may be freed meanwhile. Ends
 * where the chain is damaged. Not safe for threads; a bit for each cluster met.
 */
public final class ChainWalk {

  private static final int PIECE = 1 << 16;

  private final ClusterLinks links;
  private final ClusterSet met = new ClusterSet();
  private long cluster;
  private long left;
  private boolean damaged;
  private boolean atEnd;

  /** Starts before the first cluster; 0 stands for no chain. */
  public ChainWalk(ClusterLinks links, long first) {
    this(links, first, Long.MAX_VALUE);
  }

  /**
   * Starts before the first cluster; 0 stands for no chain.
   *
   * @param most how many clusters of the chain are wanted; a longer one is damaged
   */
  public ChainWalk(ClusterLinks links, long first, long most) {
    this.links = links;
    this.cluster = first;
    this.left = most;
    this.atEnd = first == 0 || most == 0;
  }

  /** Returns whether there is nothing left. */
  public boolean isAtEnd() {
    return atEnd;
  }

  /** Returns whether the chain did not end as it should. */
  public boolean isDamaged() {
    return damaged;
  }

  /**
   * Returns the next clusters of the chain.
   *
   * @throws IOException if the device fails; the call can be repeated
   */
  public List<Extent> next() throws IOException {
    ClusterLinks.Cursor cursor = links.cursor();
    List<Extent> extents = new ArrayList<>();
    long start = 0;
    long length = 0;
    for (int i = 0; i < PIECE && !atEnd; i++) {
      long next = ClusterLinks.FREE;
      try {
        next = links.isCluster(cluster) ? cursor.next(cluster) : next;
      } catch (IOException e) {
        if (length == 0) {
          throw e;
        }
        break;
      }
      if (next == ClusterLinks.FREE || next == ClusterLinks.BAD || !met.add(cluster)) {
        damaged = true;
        atEnd = true;
        break;
      }
      if (length > 0 && cluster == start + length) {
        length++;
      } else {
        add(extents, start, length);
        start = cluster;
        length = 1;
      }
      left--;
      damaged = left == 0 && next != ClusterLinks.END;
      atEnd = left == 0 || next == ClusterLinks.END;
      cluster = next;
    }
    add(extents, start, length);
    return extents;
  }

  private static void add(List<Extent> extents, long start, long length) {
    if (length > 0) {
      extents.add(new Extent(start, length));
    }
  }
}
