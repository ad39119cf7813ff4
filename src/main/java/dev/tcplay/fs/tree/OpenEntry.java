package dev.tcplay.fs.tree;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.DosFlags;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodePlace;
import dev.tcplay.fs.cluster.ChangeGuard;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The entry of one open file: where it stands, and what it does not have yet of what became of the
 * file. Sizes, first cluster, time and archive attribute follow when the file is published: when it
 * is forced, when a handle is closed, and when the device is about to sync.
 *
 * <p>Lock order: the directory, then the file.
 *
 * @param <D> the directories of the driver
 * @param <K> the clusters of its files
 */
public abstract class OpenEntry<D extends TreeDirectory<D>, K extends FileChain> {

  private final Long id;

  /** Where the entry stands; changed under the locks of the directories concerned. */
  private volatile D directory;

  private volatile String name;
  private volatile long position;
  private volatile boolean unlinked;

  private volatile boolean resized;
  private volatile @Nullable Instant written;

  /** Takes the entry of a node as it is now. */
  protected OpenEntry(TreeNode<D, ?> node) {
    this.id = node.id();
    this.directory = Objects.requireNonNull(node.parent());
    this.name = node.name();
    this.position = Objects.requireNonNull(node.entry()).position();
  }

  /**
   * What the entry on disk says of a file's contents.
   *
   * @param clusters its clusters
   * @param validLength how many bytes were written, the others are zeros
   * @param size the size in bytes
   * @param <K> the clusters of the driver's files
   */
  public record Contents<K>(K clusters, long validLength, long size) {}

  /** Reads what the entry on disk says; under the lock of the directory. */
  protected abstract Contents<K> contents() throws IOException;

  /**
   * Hands over what the entry and the allocation do not have yet; under the locks of directory and
   * file.
   *
   * @return what is to be done with the clusters now that this was handed over
   */
  protected abstract ChangeGuard.Action rewrite(K clusters, FileNews news) throws IOException;

  /** Returns whether an entry can be rewritten at a place, as it can unless a driver objects. */
  protected boolean isSettled(long place) {
    return true;
  }

  /** Puts the entry to another place in its directory, as it is not settled; without a lock. */
  protected void relocate(D from) throws IOException {}

  /** Returns a time as the entry will have it. */
  protected abstract FileTime stored(FileTime time);

  /** Returns the id of the file's node. */
  public final Long id() {
    return id;
  }

  /** Returns the path from the root, for messages. */
  public final String path() {
    return directory.path(name);
  }

  /** Returns where the entry stands. */
  final NodePlace place() {
    return unlinked ? NodePlace.NONE : new NodePlace(directory.id(), name);
  }

  /** Returns the directory that the entry stands in. */
  protected final D directory() {
    return directory;
  }

  /** Returns the place of the entry in the volume. */
  protected final long position() {
    return position;
  }

  /** Takes note of a move, under the locks of both directories. */
  public final void moveTo(D newDirectory, TreeEntry newEntry) {
    directory = newDirectory;
    name = newEntry.name();
    position = newEntry.position();
  }

  /** Takes note that the entry is gone, under the lock of the directory. */
  final void unlink() {
    unlinked = true;
  }

  final boolean isUnlinked() {
    return unlinked;
  }

  /** Says that something was written. */
  final void touch() {
    written = Instant.now();
  }

  /** Says that sizes or clusters have changed. */
  final void resize() {
    resized = true;
  }

  /** Returns whether there is something that the entry does not have. */
  final boolean isOutdated() {
    return (resized || written != null) && !unlinked;
  }

  /**
   * Makes sure that the entry can be rewritten where it stands, before anything depends on that; it
   * may need room in the directory. Called without a lock.
   */
  final void settle() throws IOException {
    if (!isSettled(position)) {
      underDirectory(() -> {});
    }
  }

  /** Does something while the entry stays where it is, in a place where it can be rewritten. */
  final void underDirectory(ChangeGuard.Action action) throws IOException {
    while (true) {
      D current = directory;
      long old = position;
      if (!unlinked && !isSettled(old)) {
        relocate(current);
        if (old == position && !unlinked) {
          throw new NoSuchFileException(path(), null, "its entry is not there any more");
        }
        continue;
      }
      current.lock().readLock().lock();
      try {
        if (current == directory && old == position) {
          action.run();
          return;
        }
      } finally {
        current.lock().readLock().unlock();
      }
    }
  }

  /**
   * Hands over what the entry and the allocation do not have yet; under the locks of directory and
   * file.
   *
   * @param change attributes to be changed besides
   * @param apart whether this must come after all that was handed over before
   */
  final void publish(
      K clusters, long validLength, long size, @Nullable AttributeChange change, boolean apart)
      throws IOException {
    if (unlinked || (!isOutdated() && change == null)) {
      return;
    }
    FileNews news = new FileNews(resized, validLength, size, written, change, apart);
    ChangeGuard.Action after = rewrite(clusters, news);
    directory.changed();
    written = null;
    resized = false;
    after.run();
  }

  /** Returns attributes with what the entry does not have yet. */
  final NodeAttributes current(NodeAttributes onDisk, long size) {
    Instant time = written;
    NodeAttributes.Builder now = onDisk.toBuilder().size(size);
    if (time != null) {
      int flags = onDisk.dos().orElse(DosFlags.NONE).bits();
      now.modified(stored(FileTime.from(time))).dos(new DosFlags(flags | DosFlags.ARCHIVE));
    }
    return now.build();
  }
}
