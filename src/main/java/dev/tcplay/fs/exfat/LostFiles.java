package dev.tcplay.fs.exfat;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.cluster.ClusterBitmap;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.WriteOrder;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What to do with clusters that are in use and belong to no file: free them, or make files. */
final class LostFiles {

  /** Clusters whose bits are changed in one batch. */
  private static final long MOST_AT_ONCE = 1 << 20;

  private static final int MOST_FILES = 10_000;

  private final TreeContext context;
  private final ClusterBitmap lost;

  /**
   * Takes clusters.
   *
   * @param lost the clusters, by number
   */
  LostFiles(TreeContext context, ClusterBitmap lost) {
    this.context = context;
    this.lost = lost;
  }

  /** Frees them, in batches of a bounded size. */
  void free() throws IOException {
    for (Extent run = next(0); run != null; run = next(run.end())) {
      for (long at = run.cluster(); at < run.end(); at += MOST_AT_ONCE) {
        try (Change change = context.writer().begin()) {
          change.free(List.of(new Extent(at, Math.min(MOST_AT_ONCE, run.end() - at))));
          change.submit();
        }
      }
    }
  }

  private @Nullable Extent next(long from) {
    long first = lost.nextSet(from, lost.size());
    return first == lost.size()
        ? null
        : new Extent(first, lost.nextClear(first, lost.size()) - first);
  }

  /**
   * Makes a file of all that follow each other, since what the table says of them may mean nothing.
   *
   * @param path the directory for them, made if it is missing
   */
  void keep(String path) throws IOException {
    ExFatDirectory directory = Objects.requireNonNull(directory(context, path, true));
    int number = 0;
    for (Extent run = next(0); run != null; run = next(run.end())) {
      number = keep(directory, run, number) + 1;
    }
    context.writer().flush();
  }

  /**
   * Checks that files can be kept in a directory, and writes nothing.
   *
   * @throws FileSystemException if the path is not lawful, or leads through a file
   */
  static void checkPlace(TreeContext context, String path) throws IOException {
    for (String name : path.split("/", -1)) {
      try {
        if (!name.isEmpty()) {
          context.names().check(name);
        }
      } catch (InvalidPathException e) {
        throw new FileSystemException(path, null, "cannot keep files: " + e.getMessage());
      }
    }
    directory(context, path, false);
  }

  /** Returns the directory of a path, null if it is missing and is not to be made. */
  private static @Nullable ExFatDirectory directory(TreeContext context, String path, boolean make)
      throws IOException {
    ExFatDirectory directory = context.directories().root();
    for (String name : path.split("/", -1)) {
      if (!name.isEmpty()) {
        DirectoryEntry entry = context.directories().index(directory).find(name);
        if (entry == null && !make) {
          return null;
        }
        ExFatNode node =
            entry == null
                ? new Creator(context)
                    .create(directory, name, NodeType.DIRECTORY, AttributeChange.NONE)
                : context.directories().node(directory, entry);
        if (!node.isDirectory()) {
          throw new FileSystemException(node.path(), null, "is no directory, to keep files in");
        }
        directory = context.directories().enter(node);
      }
    }
    return directory;
  }

  /** Makes a file of one run, and returns the number in its name. */
  private int keep(ExFatDirectory directory, Extent run, int number) throws IOException {
    DirectoryIndex index = context.directories().index(directory);
    int free = number;
    while (index.find(name(free)) != null) {
      free++;
    }
    if (free >= MOST_FILES) {
      throw new FileSystemException(
          directory.path(), null, "there are %d files of lost clusters".formatted(MOST_FILES));
    }
    ExFatNode node =
        new Creator(context).create(directory, name(free), NodeType.FILE, AttributeChange.NONE);
    DirectoryEntry entry = context.directories().current(node);
    if (DirectorySlots.straddles(entry.position())) {
      context.relocate(directory, entry);
      entry = context.directories().current(node);
    }
    long bytes = run.length() * context.writer().geometry().clusterSize();
    byte[] set =
        EntrySet.parse(entry.set().bytes())
            .allocation(new Allocation(run.cluster(), bytes, bytes, true))
            .bytes();
    try (Change change = context.writer().begin()) {
      // A set behind the end of its directory must not lead to what the next repair can keep.
      change.afterEarlierOnes();
      change.write(
          WriteOrder.ENTRIES_ADDED, entry.position(), set, 0, 2 * DirectorySlots.SLOT_BYTES);
      change.submit();
    }
    return free;
  }

  private static String name(int number) {
    return "FSCK%04d.REC".formatted(number);
  }
}
