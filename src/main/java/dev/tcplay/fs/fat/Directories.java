package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.cluster.DirectoryCache;
import dev.tcplay.fs.cluster.ExtentMap;
import dev.tcplay.fs.cluster.NodeIds;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.NoSuchFileException;
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
  private final FatTable table;
  private final NameRules names;
  private final Charset codePage;
  private final NodeIds ids;
  private final FatDirectory root;
  private final Map<Integer, FatDirectory> entered = new ConcurrentHashMap<>();
  private final DirectoryCache<DirectoryIndex> indexes = new DirectoryCache<>();
  private boolean mayHaveOldNames;

  Directories(
      BlockDevice device,
      Geometry geometry,
      FatTable table,
      NameRules names,
      Charset codePage,
      NodeIds ids) {
    this.device = device;
    this.geometry = geometry;
    this.table = table;
    this.names = names;
    this.codePage = codePage;
    this.ids = ids;
    this.root = new FatDirectory(null, "", FatNode.ROOT_ID, geometry.rootCluster());
    entered.put(root.firstCluster(), root);
  }

  FatDirectory root() {
    return root;
  }

  /**
   * Returns the node of an entry as it is now: read under the lock of the directory, held alone, or
   * of which nobody will ask the attributes.
   */
  FatNode node(FatDirectory directory, DirectoryEntry entry) {
    return node(directory, entry, directory.changes());
  }

  /**
   * Returns the node of an entry.
   *
   * @param changes the changes of the directory before the entry was read
   */
  FatNode node(FatDirectory directory, DirectoryEntry entry, int changes) {
    return new FatNode(directory, entry, changes, ids.at(entry.position()));
  }

  /**
   * Returns the directory of a node.
   *
   * @throws CorruptFileSystemException if it has no clusters, or those of another directory
   * @throws NoSuchFileException if it is gone
   * @throws IllegalArgumentException if the node is not a directory
   */
  FatDirectory enter(Node node) throws IOException {
    FatNode ours = cast(node);
    DirectoryEntry entry = ours.entry();
    if (!ours.isDirectory()) {
      throw new IllegalArgumentException("not a directory: " + node);
    }
    if (entry == null) {
      return root;
    }
    int cluster = entry.firstCluster();
    if (cluster == 0) {
      throw corrupt(ours, "first cluster is 0, the root directory's");
    }
    if (!geometry.isCluster(cluster)) {
      throw corrupt(ours, "first cluster is " + Integer.toUnsignedString(cluster));
    }
    FatDirectory known = entered.get(cluster);
    return known != null && isThere(known, ours) ? known : admit(ours, cluster);
  }

  private FatDirectory admit(FatNode node, int cluster) throws IOException {
    FatDirectory parent = Objects.requireNonNull(node.parent());
    parent.lock().readLock().lock();
    try {
      current(node);
      FatDirectory fresh = new FatDirectory(parent, node.name(), node.id(), cluster);
      FatDirectory known = entered.putIfAbsent(cluster, fresh);
      if (known == null || isThere(known, node)) {
        return known == null ? fresh : known;
      }
      if (parent.isIn(known)) {
        throw corrupt(node, "leads back to " + known);
      }
      if (mayHaveOldNames) {
        return eitherName(node, known, fresh);
      }
      throw corrupt(node, "first cluster " + cluster + " is that of another directory");
    } finally {
      parent.lock().readLock().unlock();
    }
  }

  /**
   * Chooses between two names of one directory, as a crash within a move leaves them: it is where
   * its {@code ..} says, and under the other name it is empty.
   */
  private FatDirectory eitherName(FatNode node, FatDirectory known, FatDirectory fresh)
      throws IOException {
    byte[] dots = new byte[DirectorySlots.SLOT_BYTES];
    if (slots(fresh).read(1, dots) == 1 && ShortName.isDots(dots)) {
      int parent = new ShortEntry(dots, geometry.isFat32()).firstCluster();
      if (isParent(known.parent(), parent)) {
        fresh.remove();
        return fresh;
      } else if (isParent(fresh.parent(), parent)) {
        entered.put(fresh.firstCluster(), fresh);
        return fresh;
      }
    }
    throw corrupt(node, "first cluster " + fresh.firstCluster() + " is another directory's");
  }

  private boolean isParent(@Nullable FatDirectory directory, int cluster) {
    return directory != null && cluster == (directory == root ? 0 : directory.firstCluster());
  }

  /** Returns whether a directory was entered by a node's entry, and from the directory above it. */
  private boolean isThere(FatDirectory known, FatNode node) {
    FatDirectory above = known.parent();
    FatDirectory parent = node.parent();
    return known.id() == node.id()
        && (above == parent
            || (mayHaveOldNames
                && above != null
                && parent != null
                && above.firstCluster() == parent.firstCluster()));
  }

  /** Lets both names be entered that a crash within a move leaves; the volume is not written. */
  void allowOldNames() {
    mayHaveOldNames = true;
  }

  /** Finds an entry, null if there is none of that name or the directory was deleted. */
  @Nullable FatNode lookup(FatDirectory directory, String name) throws IOException {
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
  @Nullable FatDirectory known(FatNode node) {
    DirectoryEntry entry = node.entry();
    FatDirectory known = entry == null ? root : entered.get(entry.firstCluster());
    return known != null && known.id() == node.id() ? known : null;
  }

  /**
   * Returns the entry of a node as it is now; under the lock of the directory.
   *
   * @throws NoSuchFileException if it is gone, or has another name by now
   */
  DirectoryEntry current(FatNode node) throws IOException {
    FatDirectory parent = Objects.requireNonNull(node.parent());
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
   * @throws NoSuchFileException if it is gone, or has another name by now: what is known of it may
   *     be what another file has come to be, to which its id went
   */
  DirectoryEntry upToDate(FatNode node, int changes) throws IOException {
    FatDirectory parent = Objects.requireNonNull(node.parent());
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
  DirectoryIndex index(FatDirectory directory) throws IOException {
    return indexes.get(
        directory.id(),
        () -> new DirectoryIndex(slots(directory), names, geometry.isFat32(), codePage));
  }

  /** Counts the memory of an index anew, or forgets it, now that entries came or went. */
  void changed(FatDirectory directory, DirectoryIndex index) {
    if (index.isAmbiguous()) {
      forget(directory);
    } else {
      indexes.changed(directory.id());
    }
  }

  /** Forgets the index of a directory: it may not be what is on disk. */
  void forget(FatDirectory directory) {
    indexes.forget(directory.id());
  }

  /** Takes note that a directory was deleted; under its lock, held alone. */
  void remove(FatDirectory directory) {
    directory.remove();
    entered.remove(directory.firstCluster(), directory);
    forget(directory);
  }

  /** Returns the slots of a directory. */
  DirectorySlots slots(FatDirectory directory) {
    boolean isFixed = directory == root && !geometry.isFat32();
    ExtentMap extents =
        isFixed ? null : new ExtentMap(table, directory.firstCluster(), directory::path);
    return new DirectorySlots(device, geometry, extents, directory::path);
  }

  /** Starts a pass over the entries of a directory. */
  DirectoryScanner scan(DirectorySlots slots) {
    return DirectoryScanner.of(slots, geometry.isFat32(), codePage);
  }

  /** Starts a pass with the entries near a slot. */
  DirectoryScanner scanFrom(DirectorySlots slots, int slot) {
    return DirectoryScanner.from(slots, slot, geometry.isFat32(), codePage);
  }

  private static CorruptFileSystemException corrupt(FatNode node, String reason) {
    return new CorruptFileSystemException(node.path(), reason);
  }

  /** Returns a node as ours. */
  static FatNode cast(Node node) {
    if (node instanceof FatNode fat) {
      return fat;
    }
    throw new IllegalArgumentException("not of a FAT volume: " + node);
  }
}
