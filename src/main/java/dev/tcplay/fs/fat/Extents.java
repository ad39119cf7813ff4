package dev.tcplay.fs.fat;

import dev.tcplay.fs.CorruptFileSystemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The clusters of one chain as runs of neighbours, found on demand. Safe for any number of threads.
 * Who changes the chain says so here; the table is another matter.
 *
 * <p>A position is found by binary search. The chain is walked once, each link checked: a number
 * that is no cluster's, one that comes a second time, and a cluster that the table calls free end
 * the walk with an error for that place in the chain and those behind it; what lies before stays
 * readable.
 *
 * <p>Memory is bounded, however the chain is scattered: of more than {@value #MAX_RUNS} runs every
 * second one is forgotten, and what lies between two remembered ones is walked again when asked
 * for. While the end of the chain is not yet found, a bit for each cluster seen is kept besides.
 */
final class Extents {

  /**
   * Clusters that follow each other on disk.
   *
   * @param cluster the first of them
   * @param length how many they are
   */
  record Run(int cluster, int length) {}

  private static final int MAX_RUNS = 1 << 16;

  private final FatTable table;
  private final Geometry geometry;
  private final Supplier<String> path;
  private int firstCluster;

  /** Runs remembered: place in the chain, cluster and length. */
  private int[] places = new int[2];

  private int[] clusters = new int[2];
  private int[] lengths = new int[2];
  private int runs;

  /** Clusters of the chain known so far, the last of them, and whether the chain ends with it. */
  private int known;

  private int last;
  private boolean complete;
  private @Nullable String damage;
  private @Nullable ClusterSet seen;

  /**
   * Makes the extents of a chain; nothing is read yet.
   *
   * @param firstCluster the chain's first cluster as a directory gives it, lawful or not
   * @param path what an error says is damaged
   */
  Extents(FatTable table, Geometry geometry, int firstCluster, Supplier<String> path) {
    this.table = table;
    this.geometry = geometry;
    this.firstCluster = firstCluster;
    this.path = path;
  }

  /** Makes the extents of a file without clusters. */
  static Extents none(FatTable table, Geometry geometry, Supplier<String> path) {
    Extents extents = new Extents(table, geometry, 0, path);
    extents.complete = true;
    return extents;
  }

  /**
   * Returns where a cluster of the chain lies and how many of those after it, up to a number,
   * follow it on disk.
   *
   * @param place the cluster's place in the chain, from 0
   * @param most the longest run of interest, at least 1
   * @return the run, null if the chain ends before
   * @throws CorruptFileSystemException if the chain is damaged at or before that place
   */
  synchronized @Nullable Run find(int place, int most) throws IOException {
    if ((long) known - most < place && !complete && damage == null) {
      extend((int) Math.min((long) place + most, Integer.MAX_VALUE));
    }
    if (place >= known) {
      if (damage != null) {
        throw new CorruptFileSystemException(path.get(), damage);
      }
      return null;
    }
    int run = run(place);
    int skip = place - places[run];
    if (skip >= lengths[run]) {
      return new Run(walk(run, place), 1);
    }
    return new Run(clusters[run] + skip, Math.min(most, lengths[run] - skip));
  }

  /**
   * Returns how many clusters the chain has.
   *
   * @throws CorruptFileSystemException if it is damaged anywhere
   */
  synchronized int length() throws IOException {
    if (!complete && damage == null) {
      extend(Integer.MAX_VALUE);
    }
    if (damage != null) {
      throw new CorruptFileSystemException(path.get(), damage);
    }
    return known;
  }

  /** Returns the last cluster of a chain whose length is known, 0 if it has none. */
  synchronized int last() {
    return known == 0 ? 0 : last;
  }

  /** Returns the runs from a place to the end of a chain whose length is known. */
  synchronized List<Run> from(int place) throws IOException {
    List<Run> rest = new ArrayList<>();
    for (int at = place; at < known; ) {
      Run run = Objects.requireNonNull(find(at, Integer.MAX_VALUE));
      rest.add(run);
      at += run.length();
    }
    return rest;
  }

  /**
   * Appends clusters to a chain whose length is known. Nothing is forgotten, since the table may
   * not have them yet; see {@link #trim}.
   */
  synchronized void append(List<Run> more) {
    for (Run run : more) {
      append(run.cluster(), run.length());
    }
  }

  /** Forgets what is too much to remember. Called when the table has the whole chain. */
  synchronized void trim() {
    while (runs > MAX_RUNS) {
      forgetEverySecond();
    }
  }

  /** Cuts the chain off behind some clusters, which are known; what comes behind is forgotten. */
  synchronized void cut(int length) throws IOException {
    if (length == 0) {
      runs = 0;
      last = 0;
    } else {
      last = Objects.requireNonNull(find(length - 1, 1)).cluster();
      int run = run(length - 1);
      lengths[run] = Math.min(lengths[run], length - places[run]);
      runs = run + 1;
    }
    known = length;
    complete = true;
    damage = null;
    seen = null;
  }

  /** Returns roughly the bytes of memory that the extents take. */
  synchronized long memory() {
    return 12L * places.length + (seen == null ? 0 : seen.memory());
  }

  /** Returns the last remembered run that does not begin behind a place. */
  private int run(int place) {
    int run = Arrays.binarySearch(places, 0, runs, place);
    return run < 0 ? -run - 2 : run;
  }

  /**
   * Walks on until the chain is known up to a length, ends or is found damaged; and further as long
   * as that takes no reading.
   */
  private void extend(int length) throws IOException {
    FatTable.Cursor cursor = table.cursor();
    int next = known == 0 ? begin(cursor) : cursor.get(last);
    while (damage == null) {
      if (geometry.type().isEnd(next)) {
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
  private int begin(FatTable.Cursor cursor) throws IOException {
    if (!geometry.isCluster(firstCluster)) {
      damage = "first cluster is " + Integer.toUnsignedString(firstCluster);
      return FatType.FREE;
    }
    int next = cursor.get(firstCluster);
    if (next == FatType.FREE) {
      damage = "first cluster " + firstCluster + " is marked free";
    } else {
      append(firstCluster, 1);
    }
    return next;
  }

  /** Goes from the last cluster to the next one, and returns what that leads to. */
  private int follow(int next, FatTable.Cursor cursor) throws IOException {
    if (!geometry.isCluster(next)) {
      damage = "cluster " + last + " leads to " + describe(next) + behind();
      return FatType.FREE;
    }
    // Before the cluster counts as seen: if reading fails, the walk begins here again.
    int afterNext = cursor.get(next);
    if (!seen().add(next)) {
      damage = "circular chain: cluster " + last + " leads back to " + next + behind();
      return FatType.FREE;
    }
    if (afterNext == FatType.FREE) {
      damage = "cluster " + last + " leads to " + next + ", which is marked free" + behind();
      return FatType.FREE;
    }
    if (runs == MAX_RUNS && next != last + 1) {
      forgetEverySecond();
    }
    append(next, 1);
    return afterNext;
  }

  private ClusterSet seen() {
    if (seen == null) {
      seen = new ClusterSet();
      seen.add(firstCluster);
    }
    return seen;
  }

  /** Appends clusters that follow each other. */
  private void append(int cluster, int length) {
    if (known == 0) {
      firstCluster = cluster;
    }
    if (runs > 0 && cluster == last + 1 && places[runs - 1] + lengths[runs - 1] == known) {
      lengths[runs - 1] += length;
    } else {
      if (runs == places.length) {
        places = Arrays.copyOf(places, 2 * runs);
        clusters = Arrays.copyOf(clusters, 2 * runs);
        lengths = Arrays.copyOf(lengths, 2 * runs);
      }
      places[runs] = known;
      clusters[runs] = cluster;
      lengths[runs] = length;
      runs++;
    }
    last = cluster + length - 1;
    known += length;
  }

  private void forgetEverySecond() {
    runs = (runs + 1) / 2;
    for (int i = 0; i < runs; i++) {
      places[i] = places[2 * i];
      clusters[i] = clusters[2 * i];
      lengths[i] = lengths[2 * i];
    }
  }

  /** Walks from the end of a remembered run to a place that lies behind it. */
  private int walk(int run, int place) throws IOException {
    FatTable.Cursor cursor = table.cursor();
    int cluster = clusters[run] + lengths[run] - 1;
    for (int at = places[run] + lengths[run] - 1; at < place; at++) {
      int next = cursor.get(cluster);
      if (!geometry.isCluster(next)) {
        throw new CorruptFileSystemException(
            path.get(), "cluster " + cluster + " leads to " + describe(next));
      }
      cluster = next;
    }
    return cluster;
  }

  private String behind() {
    return " behind byte " + (long) known * geometry.clusterSize();
  }

  private String describe(int value) {
    return value == geometry.type().bad() ? "a bad cluster" : "the number " + value;
  }
}
