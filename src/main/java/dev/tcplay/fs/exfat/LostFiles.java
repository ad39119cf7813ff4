package dev.tcplay.fs.exfat;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.cluster.ClusterBitmap;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.WriteOrder;
import dev.tcplay.fs.tree.LostAndFound;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to do with clusters that are in use and belong to no file: free them, or make files. */
final class LostFiles {

  /** Clusters whose bits are changed in one batch. */
  private static final long MOST_AT_ONCE = 1 << 20;

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
    LostAndFound<ExFatDirectory, DirectoryEntry, ExFatNode> place = place(context, path);
    ExFatDirectory directory = place.directory();
    for (Extent run = next(0); run != null; run = next(run.end())) {
      keep(place, directory, run);
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

  private static LostAndFound<ExFatDirectory, DirectoryEntry, ExFatNode> place(
      TreeContext context, String path) {
    return new LostAndFound<>(
        context.directories(),
        context.names(),
        (directory, name, type) ->
            new Creator(context).create(directory, name, type, AttributeChange.NONE),
        path);
  }

  /** Makes a file of one run. */
  private void keep(
      LostAndFound<ExFatDirectory, DirectoryEntry, ExFatNode> place,
      ExFatDirectory directory,
      Extent run)
      throws IOException {
    ExFatNode node = place.makeFile(directory);
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
  }
}
