package dev.tcplay.fs.tree;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.DosFlags;
import dev.tcplay.fs.DosTime;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.fs.cluster.OpenFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Opens the files of a mounted volume, and reads and changes the attributes of its nodes.
 *
 * @param <D> the directories of the driver
 * @param <E> its entries
 * @param <N> its nodes
 * @param <F> its open files
 */
public abstract class TreeFiles<
    D extends TreeDirectory<D>,
    E extends TreeEntry,
    N extends TreeNode<D, E>,
    F extends TreeFile<?, ?>> {

  private final TreeDirectories<D, E, N, ?> directories;
  private final OpenFiles<F> files;
  private final ZoneId zone;
  private final DirectoryTimes<D> times = new DirectoryTimes<>();

  /** Makes what opens the files in some directories. */
  protected TreeFiles(TreeDirectories<D, E, N, ?> directories, OpenFiles<F> files, ZoneId zone) {
    this.directories = directories;
    this.files = files;
    this.zone = zone;
  }

  final OpenFiles<F> openFiles() {
    return files;
  }

  /** Makes the contents of a file, or what publishes the attributes of a directory. */
  protected abstract F file(N node);

  /** Changes attributes; called without a lock. */
  protected abstract void change(N node, D parent, AttributeChange change) throws IOException;

  /** Returns a time as an entry will have it. */
  protected abstract FileTime stored(FileTime time);

  /** Changes attributes of a node, but of the root, which has none; called without a lock. */
  final void change(N node, AttributeChange change) throws IOException {
    D parent = node.parent();
    if (parent != null) {
      D directory = node.isDirectory() ? directories.known(node) : null;
      if (directory != null && change.modified().isPresent()) {
        times.replace(directory, () -> change(node, parent, change));
      } else {
        change(node, parent, change);
      }
    }
  }

  /** Takes note that the entries of a directory have changed. */
  final void touch(D directory) {
    times.touch(directory, stored(FileTime.from(Instant.now())));
  }

  /** Hands over the times of directories; called without a lock. */
  final void publishTimes() throws IOException {
    times.publish(
        (directory, time) -> {
          N node = directories.ours(directories.open(directory).node());
          D parent = node.parent();
          if (parent != null) {
            change(node, parent, AttributeChange.NONE.withTimes(time, null, null));
          }
        });
  }

  /** Changes attributes; under the lock of the parent, held alone. */
  protected final void change(N node, D parent, E entry, AttributeChange change)
      throws IOException {
    F file = entry.isDirectory() ? null : files.get(node.id());
    F target = file == null ? file(directories.node(parent, entry)) : file;
    target.publish(change);
  }

  /** Returns what is so now, which a file that is open knows better than its entry. */
  final NodeAttributes attributes(N node) throws IOException {
    D parent = node.parent();
    if (parent == null) {
      FileTime unknown = DosTime.NONE.in(zone);
      return NodeAttributes.builder(NodeType.DIRECTORY)
          .created(unknown)
          .modified(unknown)
          .accessed(unknown)
          .dos(DosFlags.NONE)
          .build();
    }
    while (true) {
      int changes = parent.changes();
      F file = node.isDirectory() ? null : files.get(node.id());
      NodeAttributes onDisk = directories.upToDate(node, changes).attributes(zone);
      NodeAttributes now = file == null || !file.isKnown() ? onDisk : file.current(onDisk);
      if (node.isDirectory()) {
        now = times.current(directories.known(node), now);
      }
      if (parent.changes() == changes) {
        return now;
      }
    }
  }

  /** Opens a file, as {@link dev.tcplay.fs.MountedVolume#open} says. */
  final OpenNode open(N node, VolumeWriter<?> writer, SpaceRetry space) throws IOException {
    D parent = node.parent();
    if (parent == null || node.isDirectory()) {
      throw new IllegalArgumentException("not a file: " + node);
    }
    parent.lock().readLock().lock();
    try {
      E now = directories.current(node);
      if (now.isDirectory()) {
        throw new NoSuchFileException(node.path());
      }
      F file = files.open(node.id(), () -> file(directories.node(parent, now)));
      return handle(file, writer, space);
    } finally {
      parent.lock().readLock().unlock();
    }
  }

  private OpenNode handle(F file, VolumeWriter<?> writer, SpaceRetry space) throws IOException {
    boolean made = false;
    try {
      OpenNode handle = new FileHandle<>(file, files, writer, space);
      made = true;
      return handle;
    } finally {
      if (!made) {
        files.release(file);
      }
    }
  }
}
