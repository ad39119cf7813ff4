package dev.tcplay.fs.tree;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.OpenDirectory;
import dev.tcplay.fs.cluster.DirectoryCache;
import dev.tcplay.fs.cluster.NodeIds;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The directories of a mounted volume: those that were entered, by first cluster, and the indexes
 * of those that are in use. Safe for any number of threads.
 *
 * <p>A tree has one way to each directory. A damaged volume may have circles, or ever more ways the
 * deeper one goes; so a directory is entered by the entry by which it was entered first, from the
 * directory from which it was: directories that share clusters share entries.
 *
 * @param <D> the directories of the driver
 * @param <E> its entries
 * @param <N> its nodes
 * @param <I> its indexes
 */
public abstract class TreeDirectories<
    D extends TreeDirectory<D>,
    E extends TreeEntry,
    N extends TreeNode<D, E>,
    I extends TreeIndex<E>> {

  private final NodeIds ids;
  private final D root;
  private final N rootNode;
  private final EnteredDirectories<D> entered;
  private final DirectoryCache<I> indexes = new DirectoryCache<>();

  /** Makes the directories of a volume, of which the root alone was entered. */
  protected TreeDirectories(NodeIds ids, D root, N rootNode) {
    this.ids = ids;
    this.root = root;
    this.rootNode = rootNode;
    this.entered = new EnteredDirectories<>(root);
  }

  /**
   * Returns a node as one of the driver's.
   *
   * @throws IllegalArgumentException if it is another's
   */
  protected abstract N ours(Node node);

  /** Makes a node. */
  protected abstract N node(D directory, E entry, int changes, long id);

  /**
   * Makes the directory of an entry that is as it is now.
   *
   * @throws CorruptFileSystemException if the entry leads to no directory
   */
  protected abstract D directory(D parent, E entry, long id) throws IOException;

  /**
   * Chooses between two names of one directory, as a crash within a move leaves them: under the
   * other it is empty.
   *
   * @param known by the name that was met first
   * @param fresh by the other name
   * @throws CorruptFileSystemException if it is neither
   */
  protected abstract D chooseName(D known, D fresh) throws IOException;

  /** Reads a directory. */
  protected abstract I read(D directory) throws IOException;

  /** Returns how many clusters a directory below the root has, as far as they can be read. */
  protected abstract long clusters(D directory) throws IOException;

  /** Returns the entries of a directory, as far as it goes now. */
  protected abstract EntryScan.Source<E> entries(D directory);

  /** Returns the root directory. */
  public final D root() {
    return root;
  }

  final N rootNode() {
    return rootNode;
  }

  /**
   * Returns the node of an entry as it is now: read under the lock of the directory, held alone, or
   * of which nobody will ask the attributes.
   */
  public final N node(D directory, E entry) {
    return node(directory, entry, directory.changes());
  }

  /**
   * Returns the node of an entry.
   *
   * @param changes the changes of the directory before the entry was read
   */
  final N node(D directory, E entry, int changes) {
    return node(directory, entry, changes, ids.at(entry.position()));
  }

  /**
   * Returns the directory of a node.
   *
   * @throws CorruptFileSystemException if its entry leads to none, or to another directory
   * @throws NoSuchFileException if it is gone
   * @throws IllegalArgumentException if the node is not a directory
   */
  public final D enter(Node node) throws IOException {
    N ours = ours(node);
    E entry = ours.entry();
    if (!ours.isDirectory()) {
      throw new IllegalArgumentException("not a directory: " + node);
    }
    if (entry == null) {
      return root;
    }
    D known = entered.at(entry.firstCluster());
    return known != null && entered.isThere(known, ours) ? known : admit(ours);
  }

  private D admit(N node) throws IOException {
    D parent = Objects.requireNonNull(node.parent());
    parent.lock().readLock().lock();
    try {
      D fresh = directory(parent, current(node), node.id());
      D known = entered.putIfAbsent(fresh);
      if (known == null || entered.isThere(known, node)) {
        return known == null ? fresh : known;
      }
      if (parent.isIn(known)) {
        throw new CorruptFileSystemException(node.path(), "leads back to " + known);
      }
      if (!entered.mayHaveOldNames()) {
        throw new CorruptFileSystemException(
            node.path(),
            "first cluster %d is that of another directory, %s"
                .formatted(fresh.firstCluster(), known));
      }
      if (chooseName(known, fresh) == known) {
        fresh.remove();
      } else {
        entered.put(fresh);
      }
      return fresh;
    } finally {
      parent.lock().readLock().unlock();
    }
  }

  /** Lets both names be entered that a crash within a move leaves; the volume is not written. */
  public final void allowOldNames() {
    entered.allowOldNames();
  }

  /** Finds an entry, null if there is none of that name or the directory was deleted. */
  public final @Nullable N lookup(D directory, String name) throws IOException {
    directory.lock().readLock().lock();
    try {
      int changes = directory.changes();
      E entry = directory.isRemoved() ? null : index(directory).find(name);
      return entry == null ? null : node(directory, entry, changes);
    } finally {
      directory.lock().readLock().unlock();
    }
  }

  /** Lists a directory. */
  public final DirectoryCursor list(D directory) {
    return new TreeCursor<>(this, directory);
  }

  /** Opens a directory. */
  public final OpenDirectory open(D directory) {
    return new DirectoryHandle<>(this, directory);
  }

  /** Returns the directory of an entry if it was entered. */
  public final @Nullable D known(N node) {
    E entry = node.entry();
    D known = entry == null ? root : entered.at(entry.firstCluster());
    return known != null && known.id() == node.id() ? known : null;
  }

  /**
   * Returns the entry of a node as it is now; under the lock of the directory.
   *
   * @throws NoSuchFileException if it is gone, or has another name by now
   */
  public final E current(N node) throws IOException {
    D parent = Objects.requireNonNull(node.parent());
    E old = Objects.requireNonNull(node.entry());
    E now = parent.isRemoved() ? null : index(parent).at(old.firstSlot());
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
  public final E upToDate(N node, int changes) throws IOException {
    D parent = Objects.requireNonNull(node.parent());
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
  public final I index(D directory) throws IOException {
    return indexes.get(directory.id(), () -> read(directory));
  }

  /** Counts the memory of an index anew, or forgets it, now that entries came or went. */
  public final void changed(D directory, I index) {
    if (index.isAmbiguous()) {
      forget(directory);
    } else {
      indexes.changed(directory.id());
    }
  }

  /** Forgets the index of a directory: it may not be what is on disk. */
  public final void forget(D directory) {
    indexes.forget(directory.id());
  }

  /** Takes note that a directory was deleted; under its lock, held alone. */
  public final void remove(D directory) {
    directory.remove();
    entered.remove(directory);
    forget(directory);
  }
}
