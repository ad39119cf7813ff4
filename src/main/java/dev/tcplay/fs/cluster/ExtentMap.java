package dev.tcplay.fs.cluster;

import dev.tcplay.fs.CorruptFileSystemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the clusters of one chain lie, as extents that are found on demand. Safe for any number of
 * threads. Who changes the chain says so here; what is on disk is another matter.
 *
 * <p>A place in the chain is found by binary search. The chain is walked once, each link checked: a
 * number that is no cluster's, one that comes a second time, and a cluster that is marked free end
 * the walk with an error for that place in the chain and those behind it; what lies before stays
 * readable.
 *
 * <p>Who looks a place up takes no lock once the chain is known to its end, if it has no more than
 * {@value #MAX_IN_SNAPSHOT} extents.
 *
 * <p>Memory is bounded, however the chain is scattered: of more than {@value #MAX_EXTENTS} extents
 * every second one is forgotten, and what lies between two remembered ones is walked again when
 * asked for. While the end of the chain is not yet found, a bit for each cluster seen is kept
 * besides. A call that finds no memory can be made again: it has changed nothing but what is known.
 */
public final class ExtentMap {

  private static final int MAX_EXTENTS = 1 << 16;
  private static final int MAX_IN_SNAPSHOT = 256;

  private final ClusterLinks links;
  private final Supplier<String> path;
  private final ExtentList extents = new ExtentList();
  private long first;

  /** Clusters of the chain known so far, the last of them, and whether the chain ends with it. */
  private long known;

  private long last;
  private boolean complete;
  private @Nullable String damage;
  private @Nullable ClusterSet seen;

  /** The whole chain, made when it is asked for and dropped by each change before it is made. */
  private volatile @Nullable ExtentSnapshot snapshot;

  /**
   * Makes the extents of a chain; nothing is read yet.
   *
   * @param first the chain's first cluster as a directory gives it, lawful or not
   * @param path what an error says is damaged
   */
  public ExtentMap(ClusterLinks links, long first, Supplier<String> path) {
    this.links = links;
    this.first = first;
    this.path = path;
  }

  /** Makes the extents of a chain that is known, or of a file without clusters. */
  public static ExtentMap of(ClusterLinks links, List<Extent> extents, Supplier<String> path) {
    ExtentMap map = new ExtentMap(links, 0, path);
    map.complete = true;
    map.append(extents);
    return map;
  }

  /**
   * Returns where a cluster of the chain lies and how many of those after it, up to a number,
   * follow it on disk.
   *
   * @param place the cluster's place in the chain, from 0
   * @param most the longest extent of interest, at least 1
   * @return the extent, null if the chain ends before
   * @throws CorruptFileSystemException if the chain is damaged at or before that place
   */
  public @Nullable Extent find(long place, long most) throws IOException {
    ExtentSnapshot whole = snapshot;
    return whole == null ? findAndKeep(place, most) : whole.find(place, most);
  }

  private synchronized @Nullable Extent findAndKeep(long place, long most) throws IOException {
    Extent found = findKnown(place, most);
    if (complete && extents.size() <= MAX_IN_SNAPSHOT && extents.isWholeUpTo(known)) {
      snapshot = new ExtentSnapshot(extents, known);
    }
    return found;
  }

  private @Nullable Extent findKnown(long place, long most) throws IOException {
    if (known - most < place && !complete && damage == null) {
      extend(place > Long.MAX_VALUE - most ? Long.MAX_VALUE : place + most);
    }
    if (place >= known) {
      checkSound();
      return null;
    }
    int index = extents.indexAt(place);
    long skip = place - extents.place(index);
    if (skip >= extents.length(index)) {
      return new Extent(walk(index, place), 1);
    }
    return new Extent(extents.cluster(index) + skip, Math.min(most, extents.length(index) - skip));
  }

  private void checkSound() throws CorruptFileSystemException {
    if (damage != null) {
      throw new CorruptFileSystemException(path.get(), damage);
    }
  }

  /**
   * Returns how many clusters the chain has.
   *
   * @throws CorruptFileSystemException if it is damaged anywhere
   */
  public synchronized long length() throws IOException {
    if (!complete && damage == null) {
      extend(Long.MAX_VALUE);
    }
    checkSound();
    return known;
  }

  /** Returns the last cluster of a chain whose length is known, 0 if it has none. */
  public synchronized long last() {
    return known == 0 ? 0 : last;
  }

  /** Returns the extents from a place to the end of a chain whose length is known. */
  public synchronized List<Extent> from(long place) throws IOException {
    List<Extent> rest = new ArrayList<>();
    for (long at = place; at < known; ) {
      Extent extent = Objects.requireNonNull(findKnown(at, Long.MAX_VALUE));
      rest.add(extent);
      at += extent.length();
    }
    return rest;
  }

  /**
   * Appends clusters to a chain whose length is known: all of them or, if there is no memory, none.
   * Nothing is forgotten, since the disk may not have them yet; see {@link #trim}.
   */
  public synchronized void append(List<Extent> more) {
    snapshot = null;
    extents.reserve(more.size());
    for (int i = 0; i < more.size(); i++) {
      append(more.get(i).cluster(), more.get(i).length());
    }
  }

  /** Forgets what is too much to remember. Called when the disk has the whole chain. */
  public synchronized void trim() {
    while (extents.size() > MAX_EXTENTS) {
      snapshot = null;
      extents.halve();
    }
  }

  /** Cuts the chain off behind some clusters, which are known; what comes behind is forgotten. */
  public synchronized void cut(long length) throws IOException {
    long end = length == 0 ? 0 : Objects.requireNonNull(findKnown(length - 1, 1)).cluster();
    snapshot = null;
    extents.cut(length);
    last = end;
    known = length;
    complete = true;
    damage = null;
    seen = null;
  }

  /** Returns roughly the bytes of memory that the extents take. */
  public synchronized long memory() {
    ExtentSnapshot whole = snapshot;
    return extents.memory()
        + (whole == null ? 0 : whole.memory())
        + (seen == null ? 0 : seen.memory());
  }

  /**
   * Walks on until the chain is known up to a length, ends or is found damaged; and further as long
   * as that takes no reading.
   */
  private void extend(long length) throws IOException {
    ClusterLinks.Cursor cursor = links.cursor();
    long next = known == 0 ? begin(cursor) : cursor.next(last);
    while (damage == null) {
      if (next == ClusterLinks.END) {
        complete = true;
        seen = null;
        return;
      }
      if (known >= length && !cursor.holds(next)) {
        return;
      }
      next = follow(next, cursor);
    }
  }

  /** Begins the walk, and returns what the first cluster leads to. */
  private long begin(ClusterLinks.Cursor cursor) throws IOException {
    if (!links.isCluster(first)) {
      damage = "first cluster is " + first;
      return ClusterLinks.FREE;
    }
    long next = cursor.next(first);
    if (next == ClusterLinks.FREE) {
      damage = "first cluster " + first + " is marked free";
    } else {
      extents.reserve(1);
      append(first, 1);
    }
    return next;
  }

  /** Goes from the last cluster to the next one, and returns what that leads to. */
  private long follow(long next, ClusterLinks.Cursor cursor) throws IOException {
    if (!links.isCluster(next)) {
      damage = "cluster " + last + " leads to " + describe(next) + behind();
      return ClusterLinks.FREE;
    }
    // Before the cluster counts as seen: if one of these fails, the walk begins here again.
    long afterNext = cursor.next(next);
    if (extents.size() == MAX_EXTENTS && next != last + 1) {
      extents.halve();
    }
    extents.reserve(1);
    if (!seen().add(next)) {
      damage = "circular chain: cluster " + last + " leads back to " + next + behind();
      return ClusterLinks.FREE;
    }
    if (afterNext == ClusterLinks.FREE) {
      damage = "cluster " + last + " leads to " + next + ", which is marked free" + behind();
      return ClusterLinks.FREE;
    }
    append(next, 1);
    return afterNext;
  }

  private ClusterSet seen() {
    ClusterSet clusters = seen;
    if (clusters == null) {
      clusters = new ClusterSet();
      clusters.add(first);
      // Only now: there may have been no memory for the first cluster.
      seen = clusters;
    }
    return clusters;
  }

  /** Appends clusters that follow each other; room for them was reserved. */
  private void append(long cluster, long length) {
    if (known == 0) {
      first = cluster;
    }
    extents.add(known, cluster, length);
    last = cluster + length - 1;
    known += length;
  }

  /** Walks from the end of a remembered extent to a place that lies behind it. */
  private long walk(int index, long place) throws IOException {
    ClusterLinks.Cursor cursor = links.cursor();
    long cluster = extents.cluster(index) + extents.length(index) - 1;
    for (long at = extents.end(index) - 1; at < place; at++) {
      long next = cursor.next(cluster);
      if (!links.isCluster(next)) {
        throw new CorruptFileSystemException(
            path.get(), "cluster " + cluster + " leads to " + describe(next));
      }
      cluster = next;
    }
    return cluster;
  }

  private String behind() {
    return ", behind " + known + " sound ones";
  }

  private static String describe(long next) {
    if (next == ClusterLinks.BAD) {
      return "a bad cluster";
    }
    return next < 0 ? "nothing" : "the number " + next;
  }
}
