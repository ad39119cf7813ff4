package dev.tcplay.fs.tree;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.cluster.ClusterLinks;
import dev.tcplay.fs.cluster.ClusterSet;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Goes over all entries of a volume whose tree nobody has entered yet, of each directory once; what
 * is damaged is passed over. Memory: a bit for each cluster, and some kilobytes and the extents of
 * each of the directories on the way to where it is, within a {@linkplain DepthLimit limit}.
 *
 * <p>Directories may share all clusters behind the first of each, so that a small volume seems to
 * have any number of large ones. But sound ones together have no more clusters than the volume, and
 * so neither reads nor extents grow beyond what sound ones take.
 *
 * @param <D> the directories of the driver
 * @param <E> its entries
 */
public final class TreeWalk<D extends TreeDirectory<D>, E extends TreeEntry> {

  /**
   * Something done with an entry that has a lawful first cluster.
   *
   * @param <D> the directories of the driver
   * @param <E> its entries
   */
  public interface Visitor<D extends TreeDirectory<D>, E extends TreeEntry> {

    /** Takes an entry. */
    void visit(EntryName<D, E> name);
  }

  /**
   * Something done at the end of a directory.
   *
   * @param <D> the directories of the driver
   */
  public interface AtEnd<D> {

    /** Takes a directory, and the first slot that was never used. */
    void visit(D directory, int end) throws IOException;
  }

  private final TreeDirectories<D, E, ?, ?> directories;
  private final ClusterLinks links;
  private final long clusters;
  private final Deque<D> open = new ArrayDeque<>();
  private final Deque<EntryScan<E>> scans = new ArrayDeque<>();
  private final DepthLimit depth = new DepthLimit();

  /** Clusters of the volume that are not those of directories below the root which were met. */
  private long left;

  /**
   * Prepares to go.
   *
   * @param links tells which numbers are clusters
   * @param clusters how many the volume has
   */
  public TreeWalk(TreeDirectories<D, E, ?, ?> directories, ClusterLinks links, long clusters) {
    this.directories = directories;
    this.links = links;
    this.clusters = clusters;
    this.left = clusters;
  }

  /**
   * Visits all entries. Called once.
   *
   * @throws CorruptFileSystemException if directories lie too deep one in the other, are there in
   *     too many pieces, or have more clusters than there are
   */
  public void run(Visitor<D, E> visitor, AtEnd<D> atEnd) throws IOException {
    ClusterSet entered = new ClusterSet();
    entered.add(directories.root().firstCluster());
    enter(directories.root(), 0);
    while (!open.isEmpty()) {
      D directory = open.element();
      E entry = next(directory, atEnd);
      if (entry != null && links.isCluster(entry.firstCluster())) {
        visitor.visit(new EntryName<>(directory, entry));
        if (entry.isDirectory() && entered.add(entry.firstCluster())) {
          enter(directory, entry);
        }
      }
    }
  }

  private void enter(D parent, E entry) throws IOException {
    long memory = scans.element().memory();
    String refusal = depth.refusal(memory);
    if (refusal != null) {
      throw new CorruptFileSystemException("/", refusal);
    }
    D directory;
    try {
      directory = directories.directory(parent, entry, entry.position());
    } catch (CorruptFileSystemException e) {
      // Entering it reports this.
      return;
    }
    left -= directories.clusters(directory);
    if (left < 0) {
      throw new CorruptFileSystemException(
          "/",
          "directories have more than the " + clusters + " clusters of the volume: they share");
    }
    enter(directory, memory);
  }

  private void enter(D directory, long memoryAbove) {
    depth.enter(memoryAbove);
    open.push(directory);
    scans.push(directories.entries(directory).from(0));
  }

  /** Returns the next entry of the innermost directory; leaves it if there is none. */
  private @Nullable E next(D directory, AtEnd<D> atEnd) throws IOException {
    EntryScan<E> scan = scans.element();
    try {
      E entry = scan.next();
      if (entry != null) {
        return entry;
      }
      atEnd.visit(directory, scan.slot());
    } catch (CorruptFileSystemException e) {
      // Listing the directory reports it; its entries before the damage were visited.
    }
    open.pop();
    scans.pop();
    depth.leave();
    return null;
  }
}
