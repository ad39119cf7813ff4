package dev.tcplay.fs.fat;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.WriteOrder;
import dev.tcplay.fs.tree.LostAndFound;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What to do with clusters that are in use and belong to no file: free them, or make files. */
final class LostClusters {

  private static final int MOST_AT_ONCE = 1 << 16;
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
    LostAndFound<FatDirectory, DirectoryEntry, FatNode> place = place(context, path);
    FatDirectory directory = place.directory();
    BitSet heads = (BitSet) lost.clone();
    FatTable.Cursor cursor = table.cursor();
    for (int at = lost.nextSetBit(0); at >= 0; at = lost.nextSetBit(at + 1)) {
      int next = cursor.get(at);
      if (geometry.isCluster(next) && next != at) {
        heads.clear(next);
      }
    }
    while (!lost.isEmpty()) {
      int head = heads.nextSetBit(0);
      // What goes in a circle has no head.
      int first = head >= 0 ? head : lost.nextSetBit(0);
      heads.clear(first);
      keep(place, directory, first);
    }
    context.writer().flush();
  }

  /**
   * Checks that files can be kept in a directory, and writes nothing.
   *
   * @throws FileSystemException if the path is not lawful, or leads through a file
   */
  static void checkPlace(TreeContext context, String path) throws IOException {
    place(context, path).check();
  }

  private static LostAndFound<FatDirectory, DirectoryEntry, FatNode> place(
      TreeContext context, String path) {
    return new LostAndFound<>(
        context.directories(),
        context.names(),
        (directory, name, type) ->
            new Creator(context).create(directory, name, type, AttributeChange.NONE),
        path);
  }

  /** Makes a file of one chain. */
  private void keep(
      LostAndFound<FatDirectory, DirectoryEntry, FatNode> place, FatDirectory directory, int first)
      throws IOException {
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
    FatNode node = place.makeFile(directory);
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
  }
}
