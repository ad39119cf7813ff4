package dev.tcplay.fs.fat;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.WriteOrder;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What to do with clusters that are in use and belong to no file: free them, or make files. */
final class LostClusters {

  private static final int MOST_AT_ONCE = 1 << 16;
  private static final int MOST_FILES = 10_000;

  private final TreeContext context;
  private final FatTable table;
  private final Geometry geometry;
  private final BitSet lost;

  LostClusters(TreeContext context, FatTable table, BitSet lost) {
    this.context = context;
    this.table = table;
    this.geometry = context.writer().geometry();
    this.lost = lost;
  }

  /** Frees them, in batches of a bounded size. */
  void free() throws IOException {
    List<Extent> extents = new ArrayList<>();
    int count = 0;
    for (int from = lost.nextSetBit(0); from >= 0; ) {
      int to = Math.min(lost.nextClearBit(from), from + MOST_AT_ONCE);
      extents.add(new Extent(from, to - from));
      count += to - from;
      if (count >= MOST_AT_ONCE) {
        free(extents);
        extents.clear();
        count = 0;
      }
      from = lost.nextSetBit(to);
    }
    free(extents);
  }

  private void free(List<Extent> extents) throws IOException {
    context.writer().freeClusters().free(List.copyOf(extents));
    context.writer().freeClusters().submit();
  }

  /**
   * Makes a file of each chain, cut where it leaves what is lost or becomes too long for a file.
   *
   * @param path the directory for them, made if it is missing
   */
  void keep(String path) throws IOException {
    FatDirectory directory = Objects.requireNonNull(directory(context, path, true));
    BitSet heads = (BitSet) lost.clone();
    FatTable.Cursor cursor = table.cursor();
    for (int at = lost.nextSetBit(0); at >= 0; at = lost.nextSetBit(at + 1)) {
      int next = cursor.get(at);
      if (geometry.isCluster(next) && next != at) {
        heads.clear(next);
      }
    }
    int number = 0;
    while (!lost.isEmpty()) {
      int head = heads.nextSetBit(0);
      // What goes in a circle has no head.
      int first = head >= 0 ? head : lost.nextSetBit(0);
      heads.clear(first);
      number = keep(directory, first, number) + 1;
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
  private static @Nullable FatDirectory directory(TreeContext context, String path, boolean make)
      throws IOException {
    FatDirectory directory = context.directories().root();
    for (String name : path.split("/", -1)) {
      if (!name.isEmpty()) {
        DirectoryEntry entry = context.directories().index(directory).find(name);
        if (entry == null && !make) {
          return null;
        }
        FatNode node =
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

  /** Makes a file of one chain, and returns the number in its name. */
  private int keep(FatDirectory directory, int first, int number) throws IOException {
    FatTable.Cursor cursor = table.cursor();
    int most = (int) Math.min(Integer.MAX_VALUE, FatFile.MAX_SIZE / geometry.clusterSize());
    int last = first;
    int length = 0;
    int next = first;
    while (length < most && geometry.isCluster(next) && lost.get(next)) {
      lost.clear(next);
      last = next;
      length++;
      next = cursor.get(last);
    }
    DirectoryIndex index = context.directories().index(directory);
    int free = number;
    while (index.find(name(free)) != null) {
      free++;
    }
    if (free >= MOST_FILES) {
      throw new FileSystemException(
          directory.path(), null, "there are %d files of lost clusters".formatted(MOST_FILES));
    }
    FatNode node =
        new Creator(context).create(directory, name(free), NodeType.FILE, AttributeChange.NONE);
    try (Change change = context.writer().begin()) {
      if (!geometry.type().isEnd(next)) {
        change.table().set(WriteOrder.ALLOCATIONS, last, geometry.type().end());
      }
      DirectoryEntry entry = context.directories().current(node);
      byte[] slot =
          context
              .read(change, entry)
              .firstCluster(first)
              .size((long) length * geometry.clusterSize())
              .bytes();
      change.write(WriteOrder.ENTRIES_ADDED, entry.position(), slot, 0, slot.length);
      change.submit();
    }
    return free;
  }

  private static String name(int number) {
    return "FSCK%04d.REC".formatted(number);
  }
}
