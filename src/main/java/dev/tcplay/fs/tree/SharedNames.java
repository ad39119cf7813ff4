package dev.tcplay.fs.tree;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.cluster.ClusterSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Entries that begin in one cluster, as a crash within a move leaves two. Memory: a bit for each
 * cluster, and a bounded number of such entries. For one thread.
 *
 * @param <D> the directories of the driver
 * @param <E> its entries
 */
public final class SharedNames<D extends TreeDirectory<D>, E extends TreeEntry> {

  /** More than a crash can leave; the volume is then read only. */
  public static final int MOST = 1 << 16;

  private final ClusterSet seen = new ClusterSet();
  private final Set<Long> twice = new HashSet<>();

  /** Starts with none. */
  public SharedNames() {}

  /** Takes note of an entry. */
  public void see(EntryName<D, E> name) {
    long first = name.entry().firstCluster();
    if (!seen.add(first) && twice.size() <= MOST) {
      twice.add(first);
    }
  }

  /** Returns where the entries begin that were seen. */
  public ClusterSet seen() {
    return seen;
  }

  /**
   * Returns the entries that share a first cluster with others, those that do together.
   *
   * @param walk goes once more over what was seen
   * @throws CorruptFileSystemException if they are more than a crash can leave
   */
  public Collection<List<EntryName<D, E>>> groups(TreeWalk<D, E> walk) throws IOException {
    Map<Long, List<EntryName<D, E>>> groups = new LinkedHashMap<>();
    if (!twice.isEmpty()) {
      check(twice.size());
      int[] names = {0};
      walk.run(
          name -> {
            long first = name.entry().firstCluster();
            if (twice.contains(first) && names[0]++ <= 2 * MOST) {
              groups.computeIfAbsent(first, cluster -> new ArrayList<>()).add(name);
            }
          },
          (directory, end) -> {});
      check(names[0] / 2);
    }
    return groups.values();
  }

  /**
   * Checks that something is not found more often than a crash can leave it.
   *
   * @throws CorruptFileSystemException if it is
   */
  public static void check(int count) throws CorruptFileSystemException {
    if (count > MOST) {
      throw new CorruptFileSystemException(
          "/", "more than " + MOST + " chains or names are double");
    }
  }
}
