package dev.tcplay.fs.exfat;

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
 * The clusters of one open file: those that the volume knows, those that it took since, and those
 * that it dropped since and that its entry on disk still leads to. Guarded by the file's lock.
 *
 * <p>As long as they follow each other the table is not needed. The first publication in which they
 * do not writes the whole chain; from then on the file has one.
 */
final class FileClusters implements FileChain {

  private final ExFatWriter writer;
  private final Supplier<String> path;
  private ExtentMap extents;

  /** First cluster by the entry on disk, and whether the clusters follow each other by that. */
  private long firstOnDisk;

  private boolean contiguousOnDisk;

  /** How many clusters of the extents the disk knows. */
  private long published;

  /** Whether nobody has looked yet if the chain has as many as that, or more. */
  private boolean isUnmeasured;

  /** Extents taken since the last publication, some of which may have grown together. */
  private int takenExtents;

  /** What was cut off: clusters that followed each other, and the first one of a chain or 0. */
  private final List<Extent> droppedRuns = new ArrayList<>();

  private long droppedChain;
  private long droppedLength;

  /** Whether the table does not end the chain where it ends now. */
  private boolean openEnded;

  /** Takes what an entry says, which was checked. */
  FileClusters(ExFatWriter writer, Supplier<String> path, Allocation onDisk) {
    this.writer = writer;
    this.path = path;
    this.firstOnDisk = onDisk.firstCluster();
    this.contiguousOnDisk = onDisk.isContiguous();
    long count = writer.geometry().clustersFor(onDisk.length());
    this.published = count;
    if (count > 0 && !contiguousOnDisk) {
      this.extents = new ExtentMap(writer.links(), firstOnDisk, path);
      this.isUnmeasured = true;
      return;
    }
    if (count == 0 && firstOnDisk != 0) {
      // How much of what begins there is the file's own nobody knows: it is neither used nor freed.
      writer.keepDirty();
    }
    List<Extent> run = count > 0 ? List.of(new Extent(firstOnDisk, count)) : List.of();
    this.extents = ExtentMap.of(writer.links(), run, path);
  }

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
      List<Extent> more = writer.freeClusters().space().allocate(wanted - have, extents.last());
      extents.append(more);
      takenExtents += more.size();
    }
  }

  /** Returns how many clusters there are; behind what the size needs there may be others' ones. */
  private long length() throws IOException {
    long length = extents.length();
    if (isUnmeasured && length > published) {
      extents.cut(published);
      length = published;
    }
    isUnmeasured = false;
    return length;
  }

  @Override
  public void giveBackFrom(long count) throws IOException {
    long kept = Math.max(count, published);
    if (!isUnmeasured && kept < extents.length()) {
      writer.freeClusters().space().giveBack(extents.from(kept));
      extents.cut(kept);
    }
  }

  @Override
  public boolean isPublishedBeyond(long count) throws IOException {
    return published > count && extents.find(count, 1) != null;
  }

  @Override
  public void clear() throws IOException {
    giveBackFrom(0);
    if (published != 0) {
      if (contiguousOnDisk) {
        droppedRuns.addAll(extents.from(0));
      } else {
        droppedChain = firstOnDisk;
        droppedLength += published;
      }
    }
    extents = ExtentMap.of(writer.links(), List.of(), path);
    published = 0;
    isUnmeasured = false;
    openEnded = false;
  }

  @Override
  public boolean cut(long count) throws IOException {
    if (contiguousOnDisk) {
      droppedRuns.addAll(extents.from(count));
    } else {
      long last = Objects.requireNonNull(extents.find(count - 1, 1)).cluster();
      long next = writer.links().cursor().next(last);
      droppedChain = writer.geometry().isCluster(next) ? next : 0;
      droppedLength += published - count;
      openEnded = true;
    }
    extents.cut(count);
    published = count;
    isUnmeasured = false;
    return false;
  }

  /**
   * Puts into a change what bitmap and table need to have.
   *
   * @return where the file lies then
   */
  Allocation publish(Change change, long validLength, long length) throws IOException {
    List<Extent> fresh = isUnmeasured ? List.of() : extents.from(published);
    change.use(fresh);
    if (published == 0) {
      if (fresh.isEmpty()) {
        return new Allocation(0, validLength, length, false);
      }
      return new Allocation(
          fresh.get(0).cluster(), validLength, length, chainUnlessOneRun(change, fresh));
    }
    if (contiguousOnDisk) {
      boolean isOneRun = fresh.isEmpty() || chainUnlessOneRun(change, extents.from(0));
      return new Allocation(firstOnDisk, validLength, length, isOneRun);
    }
    if (!fresh.isEmpty()) {
      change.chain(fresh);
      change.link(WriteOrder.ALLOCATIONS, cluster(published - 1), fresh.get(0).cluster());
    } else if (openEnded) {
      // Behind the removal of other names of the file, by which it may be longer still.
      change.link(WriteOrder.FREES, cluster(published - 1), FatLinks.END_OF_CHAIN);
    }
    return new Allocation(firstOnDisk, validLength, length, false);
  }

  /** Links clusters that do not all follow each other; returns whether they do. */
  private static boolean chainUnlessOneRun(Change change, List<Extent> all) throws IOException {
    boolean isOneRun = all.size() == 1;
    if (!isOneRun) {
      change.chain(all);
    }
    return isOneRun;
  }

  private long cluster(long place) throws IOException {
    return Objects.requireNonNull(extents.find(place, 1)).cluster();
  }

  /** Frees what nothing leads to any more, now that a change with the entry was handed over. */
  void published(Allocation now) throws IOException {
    firstOnDisk = now.firstCluster();
    contiguousOnDisk = now.isContiguous();
    published = isUnmeasured ? published : extents.length();
    takenExtents = 0;
    openEnded = false;
    extents.trim();
    List<Extent> runs = List.copyOf(droppedRuns);
    long chain = droppedChain;
    long length = droppedLength;
    droppedRuns.clear();
    droppedChain = 0;
    droppedLength = 0;
    writer.freeClusters().freeQuietly(runs);
    if (chain != 0) {
      writer.freeClusters().freeChain(chain, length);
    }
  }

  @Override
  public long firstOnDisk() {
    return firstOnDisk;
  }

  @Override
  public void free() throws IOException {
    giveBackFrom(0);
    List<Extent> runs = new ArrayList<>(droppedRuns);
    if (contiguousOnDisk) {
      runs.addAll(extents.from(0));
    }
    boolean hasChain = !contiguousOnDisk && writer.geometry().isCluster(firstOnDisk);
    extents = ExtentMap.of(writer.links(), List.of(), path);
    if (writer.shared().outlives(firstOnDisk)) {
      writer.keepDirty();
      return;
    }
    writer.freeClusters().freeQuietly(runs);
    if (hasChain) {
      writer.freeClusters().freeChain(firstOnDisk, published + droppedLength);
    }
  }
}
