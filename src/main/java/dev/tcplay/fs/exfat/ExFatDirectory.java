package dev.tcplay.fs.exfat;

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
 * A directory that was entered, as long as the volume is mounted: where it stands in the tree,
 * where its own entry set does, and its lock. There is one for a first cluster, which never changes
 * while the directory exists.
 *
 * <p>The lock is shared by those who look names up, list, or rewrite one set in its place, and held
 * alone by those who add or remove sets. Fields are changed under the locks of all directories
 * concerned and may be read without.
 */
final class ExFatDirectory {

  /**
   * Slots of a deleted set that are to be marked as deleted later.
   *
   * @param first the first slot
   * @param count how many slots
   */
  record Parts(int first, int count) {}

  /** An entry that was deleted; each is another one, whatever it says. */
  static final class Leaving {

    private final long sector;

    /** Makes the note of a set that lay in one sector, or -1 for one in several. */
    Leaving(long sector) {
      this.sector = sector;
    }

    /** Returns whether a new set in a sector cannot be there without this one being gone. */
    boolean isGoneWith(long newSector) {
      return sector >= 0 && sector == newSector;
    }
  }

  private final long id;
  private final long firstCluster;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private volatile @Nullable ExFatDirectory parent;
  private volatile String name;
  private volatile int ownSlot;
  private volatile Allocation allocation;
  private volatile boolean removed;
  private final AtomicInteger changes = new AtomicInteger();
  private @Nullable List<Parts> orphans;
  private volatile Relocation lastRelocation = Relocation.none();

  /** Folded names of entries that were deleted, as long as that is not on the host's storage. */
  private volatile @Nullable Map<String, Leaving> leaving;

  /** Makes the root directory. */
  ExFatDirectory(long firstCluster) {
    this.id = ExFatNode.ROOT_ID;
    this.name = "";
    this.firstCluster = firstCluster;
    this.allocation = new Allocation(firstCluster, 0, 0, false);
  }

  /** Makes the directory of a node, whose entry was checked. */
  ExFatDirectory(ExFatDirectory parent, DirectoryEntry entry, long id) {
    this.parent = parent;
    this.name = entry.name();
    this.id = id;
    this.firstCluster = entry.firstCluster();
    this.ownSlot = entry.firstSlot();
    this.allocation = entry.set().allocation();
  }

  long id() {
    return id;
  }

  long firstCluster() {
    return firstCluster;
  }

  ReadWriteLock lock() {
    return lock;
  }

  String name() {
    return name;
  }

  @Nullable ExFatDirectory parent() {
    return parent;
  }

  /** Returns the slot of the parent in which the directory's own set begins. */
  int ownSlot() {
    return ownSlot;
  }

  /** Returns where the directory lies; of the root the first cluster alone is known. */
  Allocation allocation() {
    return allocation;
  }

  /** Takes note that the directory has grown; under the lock, held alone. */
  void grown(Allocation now) {
    allocation = now;
  }

  /** Returns whether the directory was deleted; there is nothing in it then. */
  boolean isRemoved() {
    return removed;
  }

  void remove() {
    removed = true;
    changed();
  }

  void moveTo(ExFatDirectory newParent, String newName, int newSlot) {
    parent = newParent;
    name = newName;
    ownSlot = newSlot;
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

  /** Returns the slots to be marked as deleted; under the lock. */
  List<Parts> orphans() {
    return orphans == null ? List.of() : List.copyOf(orphans);
  }

  /** Forgets them, now that they are marked; under the lock, held alone. */
  void clearOrphans() {
    orphans = null;
  }

  /** Returns whether another directory is this one or lies above it. */
  boolean isIn(ExFatDirectory other) {
    for (ExFatDirectory above = this; above != null; above = above.parent) {
      if (above == other) {
        return true;
      }
    }
    return false;
  }

  /** Returns how many directories lie above. */
  int depth() {
    int depth = 0;
    for (ExFatDirectory above = parent; above != null; above = above.parent) {
      depth++;
    }
    return depth;
  }

  /** Returns the path of an entry of this directory, for messages. */
  String path(String entry) {
    Deque<String> names = new ArrayDeque<>();
    names.push(entry);
    for (ExFatDirectory above = this; above.parent != null; above = above.parent) {
      names.push(above.name);
    }
    return "/" + String.join("/", names);
  }

  /** Returns the path of this directory, for messages. */
  String path() {
    ExFatDirectory above = parent;
    return above == null ? "/" : above.path(name);
  }

  @Override
  public String toString() {
    return path();
  }
}
