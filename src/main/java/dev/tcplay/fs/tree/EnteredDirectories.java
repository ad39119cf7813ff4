package dev.tcplay.fs.tree;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The directories of a mounted volume that were entered, by first cluster. Safe for any number of
 * threads.
 */
final class EnteredDirectories<D extends TreeDirectory<D>> {

  private final Map<Long, D> entered = new ConcurrentHashMap<>();
  private boolean mayHaveOldNames;

  EnteredDirectories(D root) {
    put(root);
  }

  /** Lets both names be entered that a crash within a move leaves; called before any is. */
  void allowOldNames() {
    mayHaveOldNames = true;
  }

  boolean mayHaveOldNames() {
    return mayHaveOldNames;
  }

  @Nullable D at(long firstCluster) {
    return entered.get(firstCluster);
  }

  /** Enters a directory unless there is one at its first cluster, which is then returned. */
  @Nullable D putIfAbsent(D directory) {
    return entered.putIfAbsent(directory.firstCluster(), directory);
  }

  void put(D directory) {
    entered.put(directory.firstCluster(), directory);
  }

  void remove(D directory) {
    entered.remove(directory.firstCluster(), directory);
  }

  /** Returns whether a directory was entered by a node's entry, and from the directory above it. */
  boolean isThere(D known, TreeNode<D, ?> node) {
    D above = known.parent();
    D parent = node.parent();
    return known.id() == node.id()
        && (above == parent
            || (mayHaveOldNames
                && above != null
                && parent != null
                && above.firstCluster() == parent.firstCluster()));
  }
}
