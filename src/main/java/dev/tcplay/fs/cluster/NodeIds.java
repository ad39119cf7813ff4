package dev.tcplay.fs.cluster;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The ids of nodes. A node's id is the place of its entry on disk, which no other has, until it
 * moves: then it keeps the id, and what comes to its old place gets another. Safe for any number of
 * threads; memory for what was moved since the mount, and for what is deleted and still open.
 */
public final class NodeIds {

  /** Beyond all places of a volume. */
  private static final long FIRST_FRESH = 1L << 62;

  /** Ids of nodes whose place is another number, by place. */
  private final Map<Long, Long> moved = new HashMap<>();

  /** Ids that are in use though their place is not their node's. */
  private final Set<Long> away = new HashSet<>();

  private long fresh = FIRST_FRESH;

  /** Nothing has moved: every id is the place. Looked at without a lock. */
  private volatile boolean plain = true;

  /** Makes the ids of a volume in which nothing has moved. */
  public NodeIds() {}

  /** Returns the id of the node at a place. */
  public long at(long place) {
    if (plain) {
      return place;
    }
    synchronized (this) {
      return moved.getOrDefault(place, place);
    }
  }

  /** Gives an id to a node that was made. */
  public synchronized long made(long place) {
    if (!away.contains(place)) {
      return place;
    }
    long id = fresh++;
    moved.put(place, id);
    away.add(id);
    plain = false;
    return id;
  }

  /** Lets a node keep its id at its new place, where no other node is. */
  public synchronized void moved(long from, long to) {
    long id = moved.getOrDefault(from, from);
    moved.remove(from);
    if (id == to) {
      away.remove(id);
    } else {
      moved.put(to, id);
      away.add(id);
    }
    plain = moved.isEmpty();
  }

  /**
   * Takes the id from a node that was deleted.
   *
   * @param open whether somebody still has the node open; the id is then in use until {@link
   *     #closed}
   */
  public synchronized void deleted(long place, boolean open) {
    Long id = moved.remove(place);
    if (open) {
      away.add(id == null ? place : id);
    } else if (id != null) {
      away.remove(id);
    }
    plain = moved.isEmpty();
  }

  /** Gives the id of a deleted node free. */
  public synchronized void closed(Long id) {
    away.remove(id);
  }
}
