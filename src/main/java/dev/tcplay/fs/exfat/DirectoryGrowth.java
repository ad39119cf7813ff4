package dev.tcplay.fs.exfat;

import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.NoSpaceException;
import dev.tcplay.fs.cluster.WriteOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets a directory grow, as a part of a change: new clusters are zeros before anything leads to
 * them, the table is written where they do not follow the old ones, and the directory's own set
 * gets the new length. The root has no set. The caller holds the directory's lock alone, and that
 * of its parent.
 */
final class DirectoryGrowth {

  private static final int MOST_BYTES = 1 << 16;
  private static final byte[] ZEROS = new byte[1 << 16];

  private final TreeContext context;
  private final Change change;
  private final ExFatDirectory directory;
  private final DirectorySlots slots;
  private final Geometry geometry;

  DirectoryGrowth(
      TreeContext context, Change change, ExFatDirectory directory, DirectorySlots slots) {
    this.context = context;
    this.change = change;
    this.directory = directory;
    this.slots = slots;
    this.geometry = context.writer().geometry();
  }

  /**
   * Grows until there are so many slots, or some more.
   *
   * @return where the directory lies once the change is handed over
   */
  Allocation growTo(int end) throws IOException {
    slots.trim();
    int capacity = slots.capacity();
    int needed = (end - capacity + slots.perCluster() - 1) / slots.perCluster();
    long last = slots.lastCluster();
    List<Extent> fresh = allocate(needed, Math.max(needed, step(capacity)), last);
    for (Extent extent : fresh) {
      zero(context.writer(), extent);
    }
    Allocation old = directory.allocation();
    List<Extent> all = new ArrayList<>(slots.from(0));
    Extent tail = all.get(all.size() - 1);
    boolean isOneRun =
        old.isContiguous() && fresh.size() == 1 && fresh.get(0).cluster() == tail.end();
    if (old.isContiguous() && !isOneRun) {
      all.addAll(fresh);
      change.chain(all);
    } else if (!old.isContiguous()) {
      change.chain(fresh);
      change.link(WriteOrder.ALLOCATIONS, last, fresh.get(0).cluster());
    }
    long count = fresh.stream().mapToLong(Extent::length).sum();
    long length = old.length() + count * geometry.clusterSize();
    Allocation now = new Allocation(old.firstCluster(), length, length, isOneRun);
    ExFatDirectory parent = directory.parent();
    if (parent != null) {
      writeOwnSet(parent, now);
    }
    slots.append(fresh);
    return now;
  }

  private void writeOwnSet(ExFatDirectory parent, Allocation now) throws IOException {
    DirectoryEntry own =
        EntryEditor.require(context.directories().index(parent).at(directory.ownSlot()), directory);
    byte[] set = own.set().allocation(now).bytes();
    change.write(WriteOrder.ENTRIES_ADDED, own.position(), set, 0, 2 * DirectorySlots.SLOT_BYTES);
    parent.changed();
  }

  private List<Extent> allocate(int needed, int wanted, long last) throws IOException {
    try {
      // What is added to a directory may want a cluster of its own.
      return change.allocate(change.free() > wanted ? wanted : needed, last);
    } catch (NoSpaceException e) {
      return change.allocate(needed, last);
    }
  }

  /**
   * Returns by how many clusters a directory should grow: a quarter of what it has. New clusters
   * are zeroed before they are linked, so that growing by one at a time would be slow.
   */
  private int step(int capacity) {
    int most =
        Math.min(MOST_BYTES, (DirectorySlots.MAX_SLOTS - capacity) * DirectorySlots.SLOT_BYTES);
    return Math.min(capacity / 4 * DirectorySlots.SLOT_BYTES, most) / geometry.clusterSize();
  }

  /** Fills clusters, to which nothing leads yet, with zeros. */
  static void zero(ExFatWriter writer, Extent extent) throws IOException {
    Geometry geometry = writer.geometry();
    long start = geometry.position(extent.cluster());
    long length = extent.length() * geometry.clusterSize();
    for (long done = 0; done < length; done += ZEROS.length) {
      writer.writeData(start + done, ZEROS, 0, (int) Math.min(ZEROS.length, length - done));
    }
  }
}
