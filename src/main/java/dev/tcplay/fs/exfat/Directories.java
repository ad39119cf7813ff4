package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.cluster.DirectoryCache;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.ExtentMap;
import dev.tcplay.fs.cluster.NodeIds;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The directories of a mounted volume: those that were entered, by first cluster, and the indexes
 * of those that are in use. Safe for any number of threads.
 *
 * <p>A tree has one way to each directory. A damaged volume may have circles, or ever more ways the
 * deeper one goes; so a directory is entered by the entry by which it was entered first, from the
 * directory from which it was: directories that share clusters share entries.
 */
final class Directories {

  private final BlockDevice device;
  private final Geometry geometry;
  private final FatLinks links;
  private final NameRules names;
  private final NodeIds ids;
  private final ExFatDirectory root;
  private final Map<Long, ExFatDirectory> entered = new ConcurrentHashMap<>();
  private final DirectoryCache<DirectoryIndex> indexes = new DirectoryCache<>();
  private boolean mayHaveOldNames;

  Directories(BlockDevice device, Geometry geometry, FatLinks links, NameRules names, NodeIds ids) {
    this.device = device;
    this.geometry = geometry;
    this.links = links;
    this.names = names;
    this.ids = ids;
    this.root = new ExFatDirectory(geometry.rootCluster());
    entered.put(root.firstCluster(), root);
  }

  ExFatDirectory root() {
    return root;
  }

  /**
   * Returns the node of an entry as it is now: read under the lock of the directory, held alone, or
   * of which nobody will ask the attributes.
   */
  ExFatNode node(ExFatDirectory directory, DirectoryEntry entry) {
    return node(directory, entry, directory.changes());
  }

  /**
   * Returns the node of an entry.
   *
   * @param changes the changes of the directory before the entry was read
   */
  ExFatNode node(ExFatDirectory directory, DirectoryEntry entry, int changes) {
    return new ExFatNode(directory, entry, changes, ids.at(entry.position()));
  }

  /**
   * Returns the directory of a node.
   *
   * @throws CorruptFileSystemException if its fields are out of range, or lead to another directory
   * @throws NoSuchFileException if it is gone
   * @throws IllegalArgumentException if the node is not a directory
   */
  ExFatDirectory enter(Node node) throws IOException {
    ExFatNode ours = cast(node);
    DirectoryEntry entry = ours.entry();
    if (!ours.isDirectory()) {
      throw new IllegalArgumentException("not a directory: " + node);
    }
    if (entry == null) {
      return root;
    }
    ExFatDirectory known = entered.get(entry.firstCluster());
    return known != null && isThere(known, ours) ? known : admit(ours);
  }

  private ExFatDirectory admit(ExFatNode node) throws IOException {
    ExFatDirectory parent = Objects.requireNonNull(node.parent());
    parent.lock().readLock().lock();
    try {
      DirectoryEntry entry = current(node);
      entry.set().allocation().checkDirectory(geometry, node.path());
      ExFatDirectory fresh = new ExFatDirectory(parent, entry, node.id());
      ExFatDirectory known = entered.putIfAbsent(fresh.firstCluster(), fresh);
      if (known == null || isThere(known, node)) {
        return known == null ? fresh : known;
      }
      if (parent.isIn(known)) {
        throw corrupt(node, "leads back to " + known);
      }
      if (mayHaveOldNames) {
        // Its contents are under the name that was met first.
        fresh.remove();
        return fresh;
      }
      throw corrupt(
          node, "FirstCluster " + fresh.firstCluster() + " is that of another directory, " + known);
    } finally {
      parent.lock().readLock().unlock();
    }
  }

  /** Lets both names be entered that a crash within a move leaves; the volume is not written. */
  void allowOldNames() {
    mayHaveOldNames = true;
  }

  /** Returns whether a directory was entered by a node's entry, and from the directory above it. */
  private static boolean isThere(ExFatDirectory known, ExFatNode node) {
    return known.id() == node.id() && known.parent() == node.parent();
  }

  /** Finds an entry, null if there is none of that name or the directory was deleted. */
  @Nullable ExFatNode lookup(ExFatDirectory directory, String name) throws IOException {
    directory.lock().readLock().lock();
    try {
      int changes = directory.changes();
      DirectoryEntry entry = directory.isRemoved() ? null : index(directory).find(name);
      return entry == null ? null : node(directory, entry, changes);
    } finally {
      directory.lock().readLock().unlock();
    }
  }

  /** Returns the directory of an entry if it was entered. */
  @Nullable ExFatDirectory known(ExFatNode node) {
    DirectoryEntry entry = node.entry();
    ExFatDirectory known = entry == null ? root : entered.get(entry.firstCluster());
    return known != null && known.id() == node.id() ? known : null;
  }

  /**
   * Returns the entry of a node as it is now; under the lock of the directory.
   *
   * @throws NoSuchFileException if it is gone, or has another name by now
   */
  DirectoryEntry current(ExFatNode node) throws IOException {
    ExFatDirectory parent = Objects.requireNonNull(node.parent());
    DirectoryEntry old = Objects.requireNonNull(node.entry());
    DirectoryEntry now = parent.isRemoved() ? null : index(parent).at(old.firstSlot());
    if (now == null
        || !now.name().equals(old.name())
        || ids.at(now.position()) != node.id()
        || now.isDirectory() != old.isDirectory()
        || (now.isDirectory() && now.firstCluster() != old.firstCluster())) {
      throw new NoSuchFileException(node.path());
    }
    return now;
  }

  /**
   * Returns the entry of a node, read again if the directory has changed since.
   *
   * @param changes the changes of the directory as they are now
   * @throws NoSuchFileException if it is gone, or has another name by now
   */
  DirectoryEntry upToDate(ExFatNode node, int changes) throws IOException {
    ExFatDirectory parent = Objects.requireNonNull(node.parent());
    if (node.changes() != changes) {
      parent.lock().readLock().lock();
      try {
        return current(node);
      } finally {
        parent.lock().readLock().unlock();
      }
    }
    return Objects.requireNonNull(node.entry());
  }

  /** Returns the index of a directory; under its lock. */
  DirectoryIndex index(ExFatDirectory directory) throws IOException {
    return indexes.get(directory.id(), () -> new DirectoryIndex(slots(directory), names));
  }

  /** Counts the memory of an index anew, or forgets it, now that entries came or went. */
  void changed(ExFatDirectory directory, DirectoryIndex index) {
    if (index.isAmbiguous()) {
      forget(directory);
    } else {
      indexes.changed(directory.id());
    }
  }

  /** Forgets the index of a directory: it may not be what is on disk. */
  void forget(ExFatDirectory directory) {
    indexes.forget(directory.id());
  }

  /** Takes note that a directory was deleted; under its lock, held alone. */
  void remove(ExFatDirectory directory) {
    directory.remove();
    entered.remove(directory.firstCluster(), directory);
    forget(directory);
  }

  /** Returns the slots of a directory. */
  DirectorySlots slots(ExFatDirectory directory) {
    if (directory == root) {
      return rootSlots(device, geometry, links);
    }
    Allocation allocation = directory.allocation();
    long clusters = geometry.clustersFor(allocation.length());
    ExtentMap extents =
        allocation.isContiguous()
            ? ExtentMap.of(
                links, List.of(new Extent(allocation.firstCluster(), clusters)), directory::path)
            : new ExtentMap(links, allocation.firstCluster(), directory::path);
    int limit = (int) (allocation.length() / DirectorySlots.SLOT_BYTES);
    return new DirectorySlots(device, geometry, extents, limit, directory::path);
  }

  /** Returns the slots of the root directory, whose chain alone tells how many there are. */
  static DirectorySlots rootSlots(BlockDevice device, Geometry geometry, FatLinks links) {
    ExtentMap extents = new ExtentMap(links, geometry.rootCluster(), () -> "/");
    return new DirectorySlots(device, geometry, extents, DirectorySlots.MAX_SLOTS, () -> "/");
  }

  private static CorruptFileSystemException corrupt(ExFatNode node, String reason) {
    return new CorruptFileSystemException(node.path(), reason);
  }

  /** Returns a node as ours. */
  static ExFatNode cast(Node node) {
    if (node instanceof ExFatNode exFat) {
      return exFat;
    }
    throw new IllegalArgumentException("not of an exFAT volume: " + node);
  }
}
