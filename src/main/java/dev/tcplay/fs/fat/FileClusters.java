package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.ExtentMap;
import dev.tcplay.fs.cluster.WriteOrder;
import dev.tcplay.fs.tree.FileChain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The clusters of one open file: those that the table has, those that it took since, and those that
 * it dropped since and that its entry on disk still leads to. Guarded by the file's lock.
 */
final class FileClusters implements FileChain {

  private final BlockDevice device;
  private final Geometry geometry;
  private final FatTable table;
  private final FatWriter writer;
  private final Supplier<String> path;
  private ExtentMap extents;

  /** The first cluster by the entry on disk. */
  private int firstOnDisk;

  /** How many clusters of the chain on disk are the file's own. */
  private long ownOnDisk;

  /** How many clusters of the extents the table has; -1 for all, if nobody has looked yet. */
  private long published;

  /** Extents taken since the last publication, some of which may have grown together. */
  private int takenExtents;

  /** Single clusters that others took the place of, and a chain that was cut off. */
  private final List<Extent> replaced = new ArrayList<>();

  private Chain dropped = Chain.NONE;

  /** Whether the table does not end the chain where it ends now. */
  private boolean openEnded;

  FileClusters(TreeContext context, Supplier<String> path, int firstCluster, long size) {
    this.device = context.device();
    this.table = context.table();
    this.writer = context.writer();
    this.geometry = writer.geometry();
    this.path = path;
    this.firstOnDisk = firstCluster;
    Chain chain = Chain.of(Integer.toUnsignedLong(firstCluster), size, geometry);
    this.ownOnDisk = chain.length();
    if (size > 0) {
      this.extents = new ExtentMap(table, chain.first(), path);
      this.published = -1;
    } else {
      // An empty file has no clusters; what it has all the same goes with the next change.
      this.extents = ExtentMap.of(table, List.of(), path);
      this.dropped = lawful(chain);
    }
  }

  private Chain lawful(Chain chain) {
    return geometry.isCluster(chain.first()) ? chain : Chain.NONE;
  }

  /** Returns where a cluster of the file lies, as {@link ExtentMap#find} says; any thread. */
  @Override
  public @Nullable Extent find(long place, long most) throws IOException {
    return extents.find(place, most);
  }

  @Override
  public boolean isLoaded() {
    return takenExtents > 1 << 12;
  }

  @Override
  public void grow(long needed, long wanted) throws IOException {
    long have = length();
    if (have < needed) {
      throw new CorruptFileSystemException(
          path.get(), "a chain of " + have + " clusters is too short to be extended");
    }
    if (wanted > have) {
      if (have == published && have > 0 && geometry.type().straddles(extents.last())) {
        replaceLast();
      }
      take(extents, writer.freeClusters().space().allocate(wanted - have, extents.last()));
    }
  }

  /** Returns how many clusters there are; behind what the size needs there may be others' ones. */
  private long length() throws IOException {
    if (published < 0) {
      if (extents.length() > ownOnDisk) {
        extents.cut(ownOnDisk);
        writer.keepDirty();
      }
      published = extents.length();
    }
    return extents.length();
  }

  private void take(ExtentMap target, List<Extent> more) {
    target.append(more);
    takenExtents += more.size();
  }

  /**
   * Puts another cluster in the place of the last one, whose entry lies in two sectors, so that it
   * cannot be made to lead on without the danger that it leads astray after a crash.
   */
  private void replaceLast() throws IOException {
    long last = extents.last();
    long place = published - 1;
    byte[] bytes = new byte[geometry.clusterSize()];
    device.read(geometry.position(last), bytes, 0, bytes.length);
    List<Extent> fresh = writer.freeClusters().space().allocate(1, 0);
    writer.writeData(geometry.position(fresh.get(0).cluster()), bytes, 0, bytes.length);
    extents.cut(place);
    take(extents, fresh);
    published = place;
    replaced.add(new Extent(last, 1));
  }

  @Override
  public void giveBackFrom(long count) throws IOException {
    long kept = Math.max(count, published);
    if (published >= 0 && kept < extents.length()) {
      writer.freeClusters().space().giveBack(extents.from(kept));
      extents.cut(kept);
      if (kept == published && !replaced.isEmpty()) {
        // The table still leads to the one that was to be replaced.
        dropped = new Chain(replaced.get(0).cluster(), 1);
        replaced.clear();
        openEnded = true;
      }
    }
  }

  @Override
  public boolean isPublishedBeyond(long count) throws IOException {
    if (published < 0) {
      return count < ownOnDisk && extents.find(count, 1) != null;
    }
    return published > count;
  }

  @Override
  public void clear() throws IOException {
    giveBackFrom(0);
    extents = ExtentMap.of(table, List.of(), path);
    published = 0;
    openEnded = false;
    replaced.clear();
    dropped = lawful(new Chain(Integer.toUnsignedLong(firstOnDisk), ownOnDisk));
  }

  @Override
  public boolean cut(long count) throws IOException {
    long last = Objects.requireNonNull(extents.find(count - 1, 1)).cluster();
    long next = table.cursor().next(last);
    extents.cut(count);
    published = count;
    replaced.clear();
    dropped = lawful(new Chain(next, ownOnDisk - count));
    openEnded = true;
    boolean replace = geometry.type().straddles(last);
    if (replace) {
      replaceLast();
    }
    return replace;
  }

  /**
   * Puts into a change what the table needs to have.
   *
   * @return the first cluster for the entry, 0 for none
   */
  int publish(Change change) throws IOException {
    List<Extent> fresh = published < 0 ? List.of() : extents.from(published);
    if (published == 0) {
      if (fresh.isEmpty()) {
        return 0;
      }
      change.table().chain(WriteOrder.ALLOCATIONS, fresh);
      return (int) fresh.get(0).cluster();
    }
    if (!fresh.isEmpty()) {
      change.table().append(cluster(published - 1), fresh);
    } else if (openEnded) {
      int end = geometry.type().end();
      // Behind the removal of other names of the file, by which it may be longer still.
      change.table().set(WriteOrder.FREES, cluster(published - 1), end);
    }
    return firstOnDisk;
  }

  private long cluster(long place) throws IOException {
    return Objects.requireNonNull(extents.find(place, 1)).cluster();
  }

  /** Frees what nothing leads to any more, now that a change with the entry was handed over. */
  void published(int firstCluster) throws IOException {
    firstOnDisk = firstCluster;
    if (published >= 0) {
      published = extents.length();
      ownOnDisk = published;
    }
    takenExtents = 0;
    openEnded = false;
    extents.trim();
    List<Extent> single = List.copyOf(replaced);
    Chain chain = dropped;
    replaced.clear();
    dropped = Chain.NONE;
    writer.freeClusters().free(single);
    writer.freeClusters().freeUnlessShared(chain);
  }

  @Override
  public long firstOnDisk() {
    return firstOnDisk;
  }

  @Override
  public void free() throws IOException {
    giveBackFrom(0);
    Chain chain = lawful(new Chain(Integer.toUnsignedLong(firstOnDisk), ownOnDisk));
    writer.freeClusters().freeUnlessShared(chain);
    extents = ExtentMap.of(table, List.of(), path);
  }
}
