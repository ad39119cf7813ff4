package dev.tcplay.fs.tree;

import dev.tcplay.fs.cluster.Relocation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A directory that was entered, as long as the volume is mounted: where it stands in the tree, and
 * its lock. There is one for a first cluster, which never changes while the directory exists.
 *
 * <p>The lock is shared by those who look names up, list, or rewrite one entry in its place, and
 * held alone by those who add or remove entries. Fields are changed under the locks of all
 * directories concerned and may be read without.
 *
 * @param <D> the directories of the driver
 */
public abstract class TreeDirectory<D extends TreeDirectory<D>> {

  /**
   * Slots of a deleted entry that are to be marked as deleted later.
   *
   * @param first the first slot
   * @param count how many slots
   */
  public record Parts(int first, int count) {}

  private final long id;
  private final long firstCluster;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private volatile @Nullable D parent;
  private volatile String name;
  private volatile boolean removed;
  private final AtomicInteger changes = new AtomicInteger();
  private @Nullable List<Parts> orphans;
  private volatile Relocation lastRelocation = Relocation.none();

  /** Folded names of entries that were deleted, as long as that is not on the host's storage. */
  private volatile @Nullable Map<String, Leaving> leaving;

  /** Makes the root directory; its first cluster is 0 if it has none. */
  protected TreeDirectory(long firstCluster) {
    this.id = TreeNode.ROOT_ID;
    this.name = "";
    this.firstCluster = firstCluster;
  }

  /** Makes the directory of an entry. */
  protected TreeDirectory(D parent, TreeEntry entry, long id) {
    this.parent = parent;
    this.name = entry.name();
    this.id = id;
    this.firstCluster = entry.firstCluster();
  }

  /** Returns the id of the directory's node. */
  public final long id() {
    return id;
  }

  /** Returns where the directory begins. */
  public final long firstCluster() {
    return firstCluster;
  }

  /** Returns the lock. */
  public final ReadWriteLock lock() {
    return lock;
  }

  /** Returns the name, empty for the root. */
  public final String name() {
    return name;
  }

  /** Returns the directory above, null for the root. */
  public final @Nullable D parent() {
    return parent;
  }

  /** Returns whether the directory was deleted; there is nothing in it then. */
  public final boolean isRemoved() {
    return removed;
  }

  /** Takes note that the directory was deleted; under its lock, held alone. */
  public final void remove() {
    removed = true;
    changed();
  }

  /** Takes note of a move, and of the entry that is the directory's now. */
  public void moveTo(D newParent, TreeEntry entry) {
    parent = newParent;
    name = entry.name();
  }

  /** Returns a number that is another one when an entry has changed since, come or gone. */
  public final int changes() {
    return changes.get();
  }

  /** Says that entries have changed, come or gone; called under the lock. */
  public final void changed() {
    changes.incrementAndGet();
  }

  /** Takes note that an entry begins with another slot now; under the lock, held alone. */
  public final void relocated(int fromSlot, int toSlot) {
    lastRelocation = lastRelocation.then(fromSlot, toSlot);
  }

  /** Returns the last of the relocations, to which later ones are added. */
  final Relocation lastRelocation() {
    return lastRelocation;
  }

  /** Takes note that a name goes; under the lock, held alone. */
  public final void leave(String folded, Leaving note) {
    Map<String, Leaving> names = leaving;
    if (names == null) {
      names = new ConcurrentHashMap<>();
      leaving = names;
    }
    names.put(folded, note);
  }

  /** Takes note that a name is gone for good; without a lock. */
  public final void left(String folded, Leaving note) {
    Map<String, Leaving> names = leaving;
    if (names != null) {
      names.remove(folded, note);
    }
  }

  /** Returns the entry of a name that may still be there after a crash, null if there is none. */
  public final @Nullable Leaving leaving(String folded) {
    Map<String, Leaving> names = leaving;
    return names == null ? null : names.get(folded);
  }

  /** Remembers slots to be marked as deleted later; under the lock, held alone. */
  public final void addOrphans(int first, int count) {
    if (orphans == null) {
      orphans = new ArrayList<>();
    }
    orphans.add(new Parts(first, count));
  }

  /** Returns whether there are slots to be marked as deleted; under the lock. */
  public final boolean hasOrphans() {
    return orphans != null;
  }

  /** Returns the slots to be marked as deleted; under the lock. */
  public final List<Parts> orphans() {
    return orphans == null ? List.of() : List.copyOf(orphans);
  }

  /** Forgets them, now that they are marked; under the lock, held alone. */
  public final void clearOrphans() {
    orphans = null;
  }

  /** Returns whether another directory is this one or lies above it. */
  public final boolean isIn(D other) {
    for (TreeDirectory<D> above = this; above != null; above = above.parent) {
      if (above == other) {
        return true;
      }
    }
    return false;
  }

  /** Returns the path of an entry of this directory, for messages. */
  public final String path(String entry) {
    Deque<String> names = new ArrayDeque<>();
    names.push(entry);
    for (TreeDirectory<D> above = this; above.parent != null; above = above.parent) {
      names.push(above.name);
    }
    return "/" + String.join("/", names);
  }

  /** Returns the path of this directory, for messages. */
  public final String path() {
    D above = parent;
    return above == null ? "/" : above.path(name);
  }

  @Override
  public final String toString() {
    return path();
  }
}
