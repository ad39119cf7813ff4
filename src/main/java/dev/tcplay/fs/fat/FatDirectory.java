package dev.tcplay.fs.fat;

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
 */
final class FatDirectory {

  /**
   * Slots of deleted long names that are to be marked so.
   *
   * @param first the first slot
   * @param count how many slots
   */
  record Parts(int first, int count) {}

  /** An entry that was deleted; each is another one, whatever it says. */
  static final class Leaving {

    private final long sector;

    /** Makes the note of an entry that lay in one sector, or -1 for one in several. */
    Leaving(long sector) {
      this.sector = sector;
    }

    /** Returns whether a new entry in a sector cannot be there without this one being gone. */
    boolean isGoneWith(long newSector) {
      return sector >= 0 && sector == newSector;
    }
  }

  private final long id;
  private final int firstCluster;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private volatile @Nullable FatDirectory parent;
  private volatile String name;
  private volatile boolean removed;
  private final AtomicInteger changes = new AtomicInteger();
  private @Nullable List<Parts> orphans;
  private volatile Relocation lastRelocation = Relocation.none();

  /** Folded names of entries that were deleted, as long as that is not on the host's storage. */
  private volatile @Nullable Map<String, Leaving> leaving;

  /**
   * Makes the directory of a node.
   *
   * @param parent the directory above, null for the root
   * @param firstCluster where it begins; 0 for the fixed root of FAT12 and FAT16
   */
  FatDirectory(@Nullable FatDirectory parent, String name, long id, int firstCluster) {
    this.parent = parent;
    this.name = name;
    this.id = id;
    this.firstCluster = firstCluster;
  }

  long id() {
    return id;
  }

  int firstCluster() {
    return firstCluster;
  }

  ReadWriteLock lock() {
    return lock;
  }

  String name() {
    return name;
  }

  @Nullable FatDirectory parent() {
    return parent;
  }

  /** Returns whether the directory was deleted; there is nothing in it then. */
  boolean isRemoved() {
    return removed;
  }

  void remove() {
    removed = true;
    changed();
  }

  void moveTo(FatDirectory newParent, String newName) {
    parent = newParent;
    name = newName;
  }

  /** Returns a number that is another one when an entry has changed since, come or gone. */
  int changes() {
    return changes.get();
  }

  /** Says that entries have changed, come or gone; called under the lock. */
  void changed() {
    changes.incrementAndGet();
  }

  /** Takes note that an entry begins with another slot now; under the lock, held alone. */
  void relocated(int fromSlot, int toSlot) {
    lastRelocation = lastRelocation.then(fromSlot, toSlot);
  }

  /** Returns the last of the relocations, to which later ones are added. */
  Relocation lastRelocation() {
    return lastRelocation;
  }

  /** Takes note that a name goes; under the lock, held alone. */
  void leave(String folded, Leaving note) {
    Map<String, Leaving> names = leaving;
    if (names == null) {
      names = new ConcurrentHashMap<>();
      leaving = names;
    }
    names.put(folded, note);
  }

  /** Takes note that a name is gone for good; without a lock. */
  void left(String folded, Leaving note) {
    Map<String, Leaving> names = leaving;
    if (names != null) {
      names.remove(folded, note);
    }
  }

  /** Returns the entry of a name that may still be there after a crash, null if there is none. */
  @Nullable Leaving leaving(String folded) {
    Map<String, Leaving> names = leaving;
    return names == null ? null : names.get(folded);
  }

  /** Remembers slots to be marked as deleted later; under the lock, held alone. */
  void addOrphans(int first, int count) {
    if (orphans == null) {
      orphans = new ArrayList<>();
    }
    orphans.add(new Parts(first, count));
  }

  /** Returns whether there are slots to be marked as deleted; under the lock. */
  boolean hasOrphans() {
    return orphans != null;
  }

  /** Returns the slots to be marked as deleted; under the lock. */
  List<Parts> orphans() {
    return orphans == null ? List.of() : List.copyOf(orphans);
  }

  /** Forgets them, now that they are marked; under the lock, held alone. */
  void clearOrphans() {
    orphans = null;
  }

  /** Returns whether another directory is this one or lies above it. */
  boolean isIn(FatDirectory other) {
    for (FatDirectory above = this; above != null; above = above.parent) {
      if (above == other) {
        return true;
      }
    }
    return false;
  }

  /** Returns the path of an entry of this directory, for messages. */
  String path(String entry) {
    Deque<String> names = new ArrayDeque<>();
    names.push(entry);
    for (FatDirectory above = this; above.parent != null; above = above.parent) {
      names.push(above.name);
    }
    return "/" + String.join("/", names);
  }

  /** Returns the path of this directory, for messages. */
  String path() {
    FatDirectory above = parent;
    return above == null ? "/" : above.path(name);
  }

  @Override
  public String toString() {
    return path();
  }
}
